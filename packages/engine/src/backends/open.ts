import { DomainError, type EngineName } from '@blockwise/contracts';
import * as tf from '@tensorflow/tfjs-core';
import { registerOps } from '../ops/register.ts';
import { checkDevice } from './device.ts';
import type { Engine, EngineOptions } from './engine.ts';

/**
 * Starts the named back end in this thread and makes it the one that all tensors live on. Each
 * thread has its own. Opening the same engine again is cheap.
 *
 * @throws DomainError BAD_INPUT for a device of an engine that has none
 * @throws DomainError ENGINE_UNAVAILABLE when the back end does not start; there is no fallback to
 * another one, because results are recorded under the engine's name.
 */
export async function openEngine(name: EngineName, options: EngineOptions = {}): Promise<Engine> {
  checkDevice(name, options);
  // Production mode leaves out tfjs's console advertisement and its NaN probing of every kernel.
  if (!tf.env().getBool('PROD')) tf.enableProdMode();
  const parts = await start(name, options);
  if (!(await tf.setBackend(name)) || tf.getBackend() !== name) {
    throw new DomainError(
      'ENGINE_UNAVAILABLE',
      `The engine ${name} did not start; tfjs reports "${tf.getBackend()}" in its place.`,
    );
  }
  registerOps(name);
  return {
    name,
    device: parts.device,
    onGpu: parts.onGpu,
    versions: {
      ...parts.versions,
      '@tensorflow/tfjs-core': tf.version_core,
      node: process.versions.node,
    },
  };
}

// Each back end is loaded when it is asked for: the others need not be installed.
async function start(name: EngineName, options: EngineOptions): Promise<Omit<Engine, 'name'>> {
  try {
    switch (name) {
      case 'tensorflow':
        return await (await import('./tensorflow.ts')).openTensorflow(options);
      case 'webgpu':
        return await (await import('./webgpu.ts')).openWebgpu(options);
      case 'wasm':
        return await (await import('./wasm.ts')).openWasm(options);
      case 'cpu':
        return await (await import('./cpu.ts')).openCpu();
      default:
        return unknownEngine(name);
    }
  } catch (cause) {
    if (cause instanceof DomainError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DomainError('ENGINE_UNAVAILABLE', `The engine ${name} did not start: ${reason}`, {
      cause,
    });
  }
}

function unknownEngine(name: never): never {
  throw new DomainError('ENGINE_UNAVAILABLE', `There is no engine "${String(name)}".`);
}
