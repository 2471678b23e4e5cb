import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { registerWasmKernels } from '@blockwise/wasm-kernels';
import { setWasmPaths, version_wasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import type { Engine, EngineOptions } from './engine.ts';
import { registerSharingIdentity } from './wasm-identity.ts';
import { guardWasmMemory } from './wasm-memory.ts';

/**
 * WebAssembly on one thread: tfjs's back end, with the training kernels that it lacks. The binary
 * is read from the installed package, never from a network.
 */
export async function openWasm({ memoryBytes }: EngineOptions = {}): Promise<Omit<Engine, 'name'>> {
  const entry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(dirname(entry) + sep);
  await tf.setBackend('wasm');
  guardWasmMemory(memoryBytes);
  await registerWasmKernels();
  registerSharingIdentity();
  const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
  return {
    onGpu: false,
    device: `WebAssembly${simd ? ' SIMD' : ''}, ${process.arch}, 1 thread`,
    versions: { '@tensorflow/tfjs-backend-wasm': version_wasm },
  };
}
