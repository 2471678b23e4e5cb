import type { ClassifierTrainingSpec } from '@blockwise/contracts';
import { writeSafetensors } from '@blockwise/engine';
import { rowRange } from '../feature-groups.ts';
import type { ResumePoint } from '../resume.ts';
import { type DataRequest, searchData } from '../search-data.ts';
import type { TaskContext } from '../task.ts';
import { trainClassifier } from '../train-classifier.ts';

export interface RetrainRequest {
  readonly data: DataRequest;
  /** Of the found network, in the grammar. */
  readonly architecture: string;
  readonly training: ClassifierTrainingSpec;
  readonly seed: number;
  readonly checkpointEverySeconds: number;
  readonly resume: ResumePoint | null;
}

export interface RetrainResult {
  /** On the test part, 0..1. */
  readonly top1: number;
  /** safetensors. */
  readonly weights: Uint8Array;
}

/**
 * Trains a found network from scratch on labels, without the teacher, on the whole training part
 * (rating images included: nothing is rated any more; DNA trains its final networks so too).
 */
export async function retrain(
  request: RetrainRequest,
  context: TaskContext,
): Promise<RetrainResult> {
  const data = await searchData(request.data, context);
  const { top1, weights } = await trainClassifier(
    { ...request, trainOn: rowRange(0, data.train.count), validateOn: new Uint32Array() },
    data,
    context,
  );
  return { top1, weights: writeSafetensors(weights, { architecture: request.architecture }) };
}
