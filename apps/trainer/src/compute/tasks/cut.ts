import { printNetwork } from '@blockwise/dna';
import { Teacher, writeSafetensors } from '@blockwise/engine';
import { type CutRequest, cutNetwork } from '../cut-network.ts';
import { type DataRequest, searchData } from '../search-data.ts';
import type { TaskContext } from '../task.ts';
import { testClassifier } from '../test-classifier.ts';

export interface CutTaskRequest extends CutRequest {
  readonly data: DataRequest;
  /** Of the search. */
  readonly seed: number;
}

export interface CutTaskResult {
  /** With the teacher's widths between the blocks, in the grammar. */
  readonly architecture: string;
  /** On the test part, 0..1; null when the teacher's head is not for these classes. */
  readonly top1: number | null;
  /** safetensors. */
  readonly weights: Uint8Array;
}

/** Cuts a found network out of the supernets and tests it, without any training. */
export async function cut(request: CutTaskRequest, context: TaskContext): Promise<CutTaskResult> {
  const data = await searchData(request.data, context);
  const { network, weights, head } = await cutNetwork(request, data, request.seed);
  const architecture = printNetwork(network);
  const classes = data.info.classes.length;
  const whole = Teacher.fromWeights({ network, classes, imageSize: data.info.size, weights });
  try {
    return {
      architecture,
      top1: head === 'teacher' ? (await testClassifier(whole, data)).top1 : null,
      weights: writeSafetensors(weights, { architecture }),
    };
  } finally {
    whole.dispose();
  }
}
