import * as tf from '@tensorflow/tfjs-core';

interface Allocating {
  readonly wasm: { _malloc(bytes: number): number; _free(address: number): void };
}

/**
 * For tests: takes the wasm back end's memory until about so many bytes are left, and no larger piece.
 * Pages that nobody writes to take nothing of the machine's.
 *
 * @returns gives it back
 */
export function takeMemory(leftBytes: number): () => void {
  const { wasm } = tf.backend() as unknown as Allocating;
  const room = wasm._malloc(leftBytes);
  const taken: number[] = [];
  for (let bytes = 2 ** 30; bytes >= 2 ** 20; ) {
    try {
      taken.push(wasm._malloc(bytes));
    } catch {
      bytes /= 2;
    }
  }
  wasm._free(room);
  return () => {
    for (const address of taken) wasm._free(address);
  };
}
