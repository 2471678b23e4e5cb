import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type * as tf from '@tensorflow/tfjs-core';
import { BeyondRetry } from '../../memory/beyond-retry.ts';

/**
 * tfjs's WebGPU back end, whose faults reach the caller. WebGPU reports a failed allocation or a
 * wrong shader by an event, and computes on with buffers that hold anything: without this, results
 * would be silently wrong.
 */
export class CheckedWebgpuBackend extends WebGPUBackend {
  #fault: string | null = null;

  constructor(device: GPUDevice, info: GPUAdapterInfo) {
    super(device, info);
    device.addEventListener('uncapturederror', ({ error }) => {
      const kind = error instanceof GPUOutOfMemoryError ? 'The GPU is out of memory: ' : '';
      this.#fault ??= `${kind}${error.message}`;
    });
    device.lost.then(({ reason, message }) => {
      if (reason !== 'destroyed') this.#fault ??= `The GPU was lost: ${message}`;
    });
  }

  /** @throws BeyondRetry when anything that was computed since the engine opened may be wrong */
  override async read(dataId: object): Promise<tf.backend_util.BackendValues> {
    const values = await super.read(dataId).catch((error: unknown) => {
      throw this.#fault === null ? error : new BeyondRetry(this.#fault, { cause: error });
    });
    if (this.#fault !== null) throw new BeyondRetry(this.#fault);
    return values;
  }

  /** Reading waits for the GPU, and a browser's canvas is tfjs's only way to wait in place. */
  override readSync(dataId: object): tf.backend_util.BackendValues {
    const { values } = this.tensorMap.get(dataId);
    if (values == null) {
      throw new Error('On webgpu, values are read asynchronously: data() in place of dataSync().');
    }
    return values;
  }
}
