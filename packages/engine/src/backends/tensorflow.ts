import { DomainError } from '@blockwise/contracts';
import * as tf from '@tensorflow/tfjs-core';
import type { Engine, EngineOptions } from './engine.ts';
import type { TensorflowBackend } from './tensorflow/binding.ts';
import { gpuName } from './tensorflow/gpu-name.ts';
import { loadBackend } from './tensorflow/load-backend.ts';
import {
  type NativeRecord,
  readNativeRecord,
  tensorflowFolder,
} from './tensorflow/native-record.ts';
import { cardOf, poolThreads, prepareProcess } from './tensorflow/process-settings.ts';
import { registerTensorflowKernels } from './tensorflow/register.ts';

/** TensorFlow itself, through tfjs-node: on the processor, or on a GPU through CUDA. */
export async function openTensorflow(options: EngineOptions): Promise<Omit<Engine, 'name'>> {
  return openTensorflowIn(tensorflowFolder(), options);
}

/** The same for what is set up in a folder. */
export function openTensorflowIn(folder: string, options: EngineOptions): Omit<Engine, 'name'> {
  const record = readNativeRecord(folder);
  if (!record.gpu && options.device !== undefined) {
    throw new DomainError(
      'ENGINE_UNAVAILABLE',
      `There is no device ${options.device}: TensorFlow is set up for the processor alone. "npm run native -- --gpu" sets it up for GPUs.`,
    );
  }
  const backend = tf.findBackend('tensorflow') ?? start(folder, record, options);
  const { binding } = backend as TensorflowBackend;
  return {
    onGpu: record.gpu,
    device: deviceName(binding.TF_Version, record, options),
    versions: { [record.package]: record.packageVersion, tensorflow: binding.TF_Version },
  };
}

function start(folder: string, record: NativeRecord, options: EngineOptions): TensorflowBackend {
  prepareProcess(options);
  const backend = loadBackend(folder, record);
  if (record.gpu && !backend.binding.isUsingGpuDevice()) {
    throw new DomainError(
      'ENGINE_UNAVAILABLE',
      `TensorFlow ${backend.binding.TF_Version} finds no GPU${options.device === undefined ? '' : ` ${options.device}`}. "npm run native -- --check" says what is missing.`,
    );
  }
  registerTensorflowKernels(backend.binding.isUsingGpuDevice());
  tf.registerBackend('tensorflow', () => backend);
  return backend;
}

function deviceName(version: string, { gpu }: NativeRecord, { device }: EngineOptions): string {
  if (gpu) return `TensorFlow ${version}, ${gpuName(cardOf(device ?? 0)) ?? `GPU ${device ?? 0}`}`;
  const threads = poolThreads();
  return `TensorFlow ${version}, CPU, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
}
