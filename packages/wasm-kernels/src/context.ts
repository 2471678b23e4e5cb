import { backend, getBackend, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { type KernelFunctions, loadKernelFunctions, type WasmMemory } from './module.ts';

/** What is used of tfjs's BackendWasm and of its Emscripten module. */
export interface WasmBackend {
  wasm: {
    asm: { memory: WasmMemory };
    tfjs: {
      registerTensor(id: number, size: number, address: number): void;
      disposeData(id: number): void;
    };
    _malloc(bytes: number): number;
    _free(address: number): void;
  };
  refCount(dataId: object): number;
  incRef(dataId: object): void;
  dataIdMap: { get(dataId: object): { id: number; memoryOffset: number } };
  makeOutput(shape: number[], dtype: 'float32'): TensorInfo;
}

export interface Output {
  info: TensorInfo;
  address: number;
}

/** Areas of scratch start on cache lines. */
const LINE_BYTES = 64;

/** The wasm backend's memory as kernels see it: tensors by address, outputs, and scratch. */
export class KernelContext {
  readonly functions: KernelFunctions;
  readonly backend: WasmBackend;
  #scratchAddress = 0;
  #scratchBytes = 0;

  constructor(functions: KernelFunctions, wasmBackend: WasmBackend) {
    this.functions = functions;
    this.backend = wasmBackend;
  }

  /** Address of a float32 tensor. It stays valid until the tensor is disposed, whatever grows. */
  address(info: TensorInfo): number {
    if (info.dtype !== 'float32') {
      throw new Error(`Wasm training kernels take float32 tensors, got ${info.dtype}.`);
    }
    return this.backend.dataIdMap.get(info.dataId).memoryOffset;
  }

  /** A new float32 tensor, not initialised. */
  output(shape: number[]): Output {
    const info = this.backend.makeOutput(shape, 'float32');
    const { memoryOffset } = this.backend.dataIdMap.get(info.dataId);
    // malloc's answer when memory is full; tfjs itself would go on and write there.
    if (memoryOffset === 0) throw outOfMemory(util.sizeFromShape(shape) * 4);
    return { info, address: memoryOffset };
  }

  /** A tensor's own memory as an output, unless another tensor shares it: then a new one. */
  reuse({ dataId, shape, dtype }: TensorInfo): Output {
    if (this.backend.refCount(dataId) > 1) return this.output(shape);
    this.backend.incRef(dataId);
    const address = this.address({ dataId, shape, dtype });
    return { info: { dataId, shape, dtype }, address };
  }

  /**
   * Addresses of areas of the given numbers of float32 values, valid until the next call.
   * One allocation is kept and grows to the largest request: kernels run one at a time.
   */
  scratch(...floats: number[]): number[] {
    const offsets: number[] = [];
    let bytes = 0;
    for (const count of floats) {
      offsets.push(bytes);
      bytes += Math.ceil((count * 4) / LINE_BYTES) * LINE_BYTES;
    }
    if (bytes > this.#scratchBytes) {
      if (this.#scratchAddress !== 0) this.backend.wasm._free(this.#scratchAddress);
      // Before anything may throw: what was freed once must not be freed again.
      this.#scratchBytes = 0;
      this.#scratchAddress = 0;
      this.#scratchAddress = this.backend.wasm._malloc(bytes + LINE_BYTES) >>> 0;
      if (this.#scratchAddress === 0) throw outOfMemory(bytes);
      this.#scratchBytes = bytes;
    }
    const start = Math.ceil(this.#scratchAddress / LINE_BYTES) * LINE_BYTES;
    return offsets.map((offset) => start + offset);
  }
}

function outOfMemory(bytes: number): Error {
  return new Error(`The wasm backend's memory is full: no room for ${bytes} bytes.`);
}

/** @throws Error when tfjs's active backend is not `wasm`, or the compiled kernels are missing. */
export async function createContext(): Promise<KernelContext> {
  const wasmBackend = activeWasmBackend();
  const functions = await loadKernelFunctions(wasmBackend.wasm.asm.memory);
  return new KernelContext(functions, wasmBackend);
}

export function activeWasmBackend(): WasmBackend {
  if (getBackend() !== 'wasm') {
    throw new Error(`The wasm kernels need tfjs's wasm backend to be active, not ${getBackend()}.`);
  }
  return backend() as unknown as WasmBackend;
}
