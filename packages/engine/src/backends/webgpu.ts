import { createRequire } from 'node:module';
import * as tf from '@tensorflow/tfjs-core';
import type { Engine, EngineOptions } from './engine.ts';
import { chooseAdapter, nameOf } from './webgpu/adapter.ts';
import { loadDawn } from './webgpu/dawn.ts';

interface Opened {
  readonly options: EngineOptions;
  readonly engine: Omit<Engine, 'name'>;
  /** Dawn lives as long as this is referenced. */
  readonly gpu: GPU;
}

/** Of this thread, which has one engine. */
let opened: Opened | null = null;

/** What tfjs sizes its work by: as much of it as the adapter has. */
const limits = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const;

/**
 * Any current GPU, through Vulkan, Metal or Direct3D 12: tfjs's WebGPU back end on Dawn.
 *
 * @throws DomainError ENGINE_UNAVAILABLE that says what is missing
 */
export async function openWebgpu(options: EngineOptions): Promise<Omit<Engine, 'name'>> {
  if (opened !== null && opened.options.device === options.device) return opened.engine;
  const dawn = await loadDawn();
  // The back end's module looks for what browsers have when it is loaded.
  Object.assign(globalThis, dawn.globals);
  const { gpu, adapter } = await chooseAdapter(dawn, options);
  Object.defineProperty(globalThis.navigator, 'gpu', { value: gpu, configurable: true });
  const [{ CheckedWebgpuBackend }, { registerWebgpuKernels }] = await Promise.all([
    import('./webgpu/checked-backend.ts'),
    import('./webgpu/kernels/register.ts'),
  ]);
  const device = await adapter.requestDevice({
    requiredLimits: Object.fromEntries(limits.map((limit) => [limit, adapter.limits[limit]])),
  });
  const backend = new CheckedWebgpuBackend(device, adapter.info);
  tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', () => backend);
  registerWebgpuKernels();
  const { version } = createRequire(import.meta.url)(
    '@tensorflow/tfjs-backend-webgpu/package.json',
  );
  const engine = {
    onGpu: !adapter.info.isFallbackAdapter,
    device: nameOf(adapter),
    versions: { '@tensorflow/tfjs-backend-webgpu': version, webgpu: dawn.version },
  };
  opened = { options, engine, gpu };
  return engine;
}
