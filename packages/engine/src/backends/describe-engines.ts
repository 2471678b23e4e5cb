import type { EngineName } from '@blockwise/contracts';
import { describe } from 'vitest';
import {
  type NativeRecord,
  readNativeRecord,
  tensorflowFolder,
} from './tensorflow/native-record.ts';

/** What is set up of native TensorFlow; or why it cannot be tested here. */
const native = findNative();

/**
 * Declares a suite for each engine that is held against the same reference values. An engine that is
 * not set up here is skipped, with the reason in the name.
 */
export function describeEngines(title: string, body: (engine: EngineName) => void): void {
  for (const engine of ['cpu', 'wasm'] as const)
    describe(`${title} on ${engine}`, () => body(engine));
  describeTensorflow(`${title} on tensorflow`, () => body('tensorflow'));
}

/** Declares a suite of native TensorFlow alone; or of what it does on a processor alone. */
export function describeTensorflow(
  title: string,
  body: () => void,
  on: 'any device' | 'processor' = 'any device',
): void {
  if (typeof native === 'string') describe.skip(`${title} (skipped: ${native})`, body);
  else if (native.gpu && on === 'processor') {
    describe.skip(`${title} (skipped: TensorFlow is set up for a GPU)`, body);
  } else describe(title, body);
}

function findNative(): NativeRecord | string {
  try {
    const record = readNativeRecord(tensorflowFolder());
    // Cards since 2020 shorten the mantissa of products unless they are told not to.
    if (record.gpu) process.env.NVIDIA_TF32_OVERRIDE = '0';
    return record;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
