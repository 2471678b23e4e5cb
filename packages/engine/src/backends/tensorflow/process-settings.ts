import { availableParallelism } from 'node:os';
import { DomainError } from '@blockwise/contracts';
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
  // As the driver's tool counts them; CUDA itself begins with the fastest.
  process.env.CUDA_DEVICE_ORDER ??= 'PCI_BUS_ID';
  if (device !== undefined) process.env.CUDA_VISIBLE_DEVICES = cardOf(device);
}

/**
 * Cards that this process may see, by number or UUID, as a person or a scheduler has set it; null: all.
 * Kept in the environment, which the first thread to open the engine changes for all of them.
 */
function visibleCards(): string[] | null {
  process.env.BLOCKWISE_VISIBLE_CARDS ??= process.env.CUDA_VISIBLE_DEVICES ?? '';
  const list = process.env.BLOCKWISE_VISIBLE_CARDS;
  return list === '' ? null : list.split(',').map((card) => card.trim());
}

/**
 * What CUDA and the driver's tool call the device of a number, among those that this process may see.
 *
 * @throws DomainError ENGINE_UNAVAILABLE when there are fewer
 */
export function cardOf(device: number): string {
  const visible = visibleCards();
  if (visible === null) return String(device);
  const card = visible[device];
  if (card !== undefined) return card;
  throw new DomainError(
    'ENGINE_UNAVAILABLE',
    `There is no GPU ${device}: CUDA_VISIBLE_DEVICES lists ${visible.join(',')}.`,
  );
}

/** Threads that a step on a processor may use: the caller, and the others of the shared pool. */
export function poolThreads(): number {
  const asked = Number(process.env.TF_NUM_INTRAOP_THREADS);
  return Number.isInteger(asked) && asked > 0 ? asked : availableParallelism();
}
