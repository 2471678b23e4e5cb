import { availableParallelism } from 'node:os';
import type { EngineOptions } from '../engine.ts';

/**
 * TensorFlow reads its settings from the environment of the process when it is loaded. What a person
 * has set stays. In a worker thread this takes effect only where the thread shares the environment
 * of the process (`SHARE_ENV`).
 */
export function prepareProcess({ device, threads }: EngineOptions): void {
  // Its notes on instruction sets and devices: what we tell of them is in the engine's `device`.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  // It would take all memory of a GPU at the start, and a second trainer on it would find none.
  process.env.TF_FORCE_GPU_ALLOW_GROWTH ??= 'true';
  if (threads !== undefined) process.env.TF_NUM_INTRAOP_THREADS ??= String(threads);
  if (device !== undefined) process.env.CUDA_VISIBLE_DEVICES = String(device);
}

/** Threads that a step on a processor may use: the caller, and the others of the shared pool. */
export function poolThreads(): number {
  const asked = Number(process.env.TF_NUM_INTRAOP_THREADS);
  return Number.isInteger(asked) && asked > 0 ? asked : availableParallelism();
}
