import { readFile } from 'node:fs/promises';

const binaryUrl = new URL('../build/kernels.wasm', import.meta.url);

const functionNames = [
  'absoluteErrorMean',
  'adamStep',
  'affineActivation',
  'batchNormTrain',
  'batchNormTrainGrad',
  'channelGate',
  'channelGateGrad',
  'conv',
  'convFilterGrad',
  'convInputGrad',
  'depthwise',
  'depthwiseFilterGrad',
  'depthwiseInputGrad',
  'gatedPointwise',
  'gatedPointwiseGrad',
  'matMulColumns',
  'matMulRows',
  'normDepthwise',
  'normDepthwiseGrad',
  'spatialMean',
  'spatialMeanGrad',
  'squaredErrorMean',
  'squaredErrorMeanGrad',
] as const;

/** The part of WebAssembly's interface in use; its types come with TypeScript's DOM library only. */
declare const WebAssembly: {
  instantiate(
    binary: Uint8Array,
    imports: { env: { memory: WasmMemory } },
  ): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

/** A WebAssembly.Memory. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

/** Takes addresses and sizes (numbers), returns nothing; parameters are named in assembly/. */
type WasmFunction = (...args: number[]) => void;

export type KernelFunctions = Record<(typeof functionNames)[number], WasmFunction>;

async function readBinary(): Promise<Buffer<ArrayBuffer>> {
  try {
    return await readFile(binaryUrl);
  } catch (cause) {
    throw new Error(
      'The compiled kernels (packages/wasm-kernels/build/kernels.wasm) cannot be read. ' +
        'Build them with `pnpm --filter @blockwise/wasm-kernels build`.',
      { cause },
    );
  }
}

/** Instantiates the kernels over the given memory, which they read and write but never allocate. */
export async function loadKernelFunctions(memory: WasmMemory): Promise<KernelFunctions> {
  const { instance } = await WebAssembly.instantiate(await readBinary(), { env: { memory } });
  const found: Partial<KernelFunctions> = {};
  for (const name of functionNames) {
    const value = instance.exports[name];
    if (typeof value !== 'function') {
      throw new Error(`kernels.wasm has no function ${name}: build it again from these sources.`);
    }
    found[name] = value as WasmFunction;
  }
  return found as KernelFunctions;
}
