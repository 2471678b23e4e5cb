import { networkOf } from '@blockwise/dna';
import { readSafetensors, Teacher } from '@blockwise/engine';
import { type DataRequest, searchData } from '../search-data.ts';
import type { TaskContext } from '../task.ts';
import { testClassifier } from '../test-classifier.ts';

export interface VerifyRequest {
  readonly data: DataRequest;
  /** As trained, in the grammar. */
  readonly architecture: string;
  /** safetensors. */
  readonly weights: Uint8Array;
}

export interface VerifyResult {
  /** On the test part, 0..1. */
  readonly top1: number;
}

/** Evaluates stored weights on the test part, as the training that made them did at its end. */
export async function verify(
  { data: request, architecture, weights }: VerifyRequest,
  context: TaskContext,
): Promise<VerifyResult> {
  const data = await searchData(request, context);
  const { info } = data;
  const network = Teacher.fromWeights({
    network: networkOf(architecture),
    classes: info.classes.length,
    imageSize: info.size,
    weights: readSafetensors(weights).arrays,
  });
  try {
    const { top1 } = await testClassifier(network, data);
    return { top1 };
  } finally {
    network.dispose();
  }
}
