import type { EngineName } from '@blockwise/contracts';
import { describe } from 'vitest';
import { readNativeRecord, tensorflowFolder } from './tensorflow/native-record.ts';

/** Why native TensorFlow cannot be tested here, or null. */
const tensorflowMissing = whyMissing();

/**
 * Declares a suite for each engine that is held against the same reference values. An engine that is
 * not set up here is skipped, with the reason in the name.
 */
export function describeEngines(title: string, body: (engine: EngineName) => void): void {
  for (const engine of ['cpu', 'wasm'] as const)
    describe(`${title} on ${engine}`, () => body(engine));
  describeTensorflow(`${title} on tensorflow`, () => body('tensorflow'));
}

/** Declares a suite of native TensorFlow alone. */
export function describeTensorflow(title: string, body: () => void): void {
  if (tensorflowMissing === null) describe(title, body);
  else describe.skip(`${title} (skipped: ${tensorflowMissing})`, body);
}

function whyMissing(): string | null {
  try {
    // Cards since 2020 shorten the mantissa of products unless they are told not to.
    if (readNativeRecord(tensorflowFolder()).gpu) process.env.NVIDIA_TF32_OVERRIDE = '0';
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
