import type { ClassifierTrainingSpec, DatasetInfo } from '@blockwise/contracts';
import { networkCost, parseNetwork } from '@blockwise/dna';
import { writeSafetensors } from '@blockwise/engine';
import type { ResumePoint } from '../resume.ts';
import { type DataRequest, searchData } from '../search-data.ts';
import { checkSearchPlan, type SearchPlan } from '../search-plan.ts';
import type { TaskContext } from '../task.ts';
import { trainClassifier } from '../train-classifier.ts';

export interface TeacherTrainRequest {
  readonly data: DataRequest;
  /** What the teacher is for: it is not trained in vain. */
  readonly plan: SearchPlan;
  /** Of the teacher, in the grammar. */
  readonly architecture: string;
  readonly training: ClassifierTrainingSpec;
  readonly seed: number;
  readonly checkpointEverySeconds: number;
  readonly resume: ResumePoint | null;
}

export interface TeacherTrainResult {
  readonly dataset: DatasetInfo;
  readonly params: number;
  readonly macs: number;
  /** On the test part, 0..1. */
  readonly top1: number;
  /** safetensors. */
  readonly weights: Uint8Array;
}

/** Trains the teacher. It sees no rating image: ratings would be measured against what it knows by heart. */
export async function teacherTrain(
  request: TeacherTrainRequest,
  context: TaskContext,
): Promise<TeacherTrainResult> {
  const data = await searchData(request.data, context);
  const { architecture } = request;
  checkSearchPlan(request.plan, architecture, data.info);
  const trained = await trainClassifier(
    { ...request, trainOn: data.fitting, validateOn: data.rating },
    data,
    context,
  );
  const task = { inputSize: data.info.size, classes: data.info.classes.length };
  const { params, macs } = networkCost(parseNetwork(architecture), task);
  const weights = writeSafetensors(trained.weights, { architecture });
  return { dataset: data.info, params, macs, top1: trained.top1, weights };
}
