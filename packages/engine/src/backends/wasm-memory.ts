import * as tf from '@tensorflow/tfjs-core';

/** The part of tfjs's wasm back end in use. */
interface Allocating {
  readonly wasm: {
    _malloc(bytes: number): number;
    readonly _free: (address: number) => void;
    /** All of the memory so far; it grows up to 4 GiB. */
    readonly HEAPU8: Uint8Array;
  };
}

/** From this size on there may be no room to grow. */
const watchedBytes = 3 * 2 ** 30;
/** Kept free for what kernels allocate inside, where nobody looks whether they got it. */
const reservedBytes = 32 * 2 ** 20;

const guarded = new WeakSet<object>();

/**
 * Lets an allocation fail when the wasm memory is full: the allocator answers 0 then, where tfjs would
 * go on and write. What is in memory stays whole. A limit is one on addresses.
 */
export function guardWasmMemory(limitBytes: number = 2 ** 32): void {
  const { wasm } = tf.backend() as unknown as Allocating;
  if (guarded.has(wasm)) return;
  guarded.add(wasm);
  // Emscripten puts the real function in place of its first one when that is called.
  wasm._free(wasm._malloc(1));
  const allocate = wasm._malloc;
  wasm._malloc = (bytes) => {
    const address = allocate(bytes);
    const isWithin = address !== 0 && (address >>> 0) + bytes <= limitBytes;
    if (isWithin && wasm.HEAPU8.length < watchedBytes) return address;
    const reserve = isWithin ? allocate(reservedBytes) : 0;
    if (reserve !== 0) {
      wasm._free(reserve);
      return address;
    }
    if (address !== 0) wasm._free(address);
    throw new Error(`The wasm backend's memory is full: no room for ${bytes} bytes.`);
  };
}
