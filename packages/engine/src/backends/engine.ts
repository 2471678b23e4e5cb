import type { EngineName } from '@blockwise/contracts';

/** What computes: recorded with every result, because rounding differs between back ends. */
export interface Engine {
  readonly name: EngineName;
  /** What runs the arithmetic, for people: instruction set and threads, or the device's name. */
  readonly device: string;
  /** Whether that is a GPU. */
  readonly onGpu: boolean;
  /** Package name → version of everything that takes part in the arithmetic. */
  readonly versions: Readonly<Record<string, string>>;
}

export interface EngineOptions {
  /** Which of several GPUs, from 0; the first one unless told. */
  readonly device?: number;
  /**
   * Threads that a step of `tensorflow` on a processor may use: the caller and a pool of the others,
   * which all threads of the process share. One for each core unless told.
   */
  readonly threads?: number;
  /** Whether `webgpu` may compute on the processor where there is no GPU; for tests. */
  readonly allowSoftware?: boolean;
  /** Of `wasm`: how much memory it may take, at most and unless told 4 GiB. */
  readonly memoryBytes?: number;
}
