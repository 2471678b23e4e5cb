import {
  type Confusion,
  type NetworkTraining,
  recipeOf,
  type SearchSpec,
} from '@blockwise/contracts';
import { type Cost, networkCost, networkOf, printNetwork } from '@blockwise/dna';
import { writeSafetensors } from '@blockwise/engine';
import { type CutRequest, cutNetwork } from '../cut-network.ts';
import { rowRange } from '../feature-groups.ts';
import { loadedTeacher } from '../loaded-teacher.ts';
import type { ResumePoint } from '../resume.ts';
import { type DataRequest, type SearchData, searchData } from '../search-data.ts';
import type { TaskContext } from '../task.ts';
import type { TeacherRequest } from '../teacher-request.ts';
import { trainClassifier } from '../train-classifier.ts';

export interface RetrainRequest {
  readonly data: DataRequest;
  /** Of the found network, in the grammar. */
  readonly architecture: string;
  readonly training: NetworkTraining;
  readonly seed: number;
  /** Weights to begin with; null: from scratch. */
  readonly cut: CutRequest | null;
  /** What is distilled first; null: nothing. */
  readonly teacher: TeacherRequest | null;
  readonly onOutOfMemory: SearchSpec['onOutOfMemory'];
  readonly checkpointEverySeconds: number;
  readonly resume: ResumePoint | null;
}

export interface RetrainResult {
  /** As trained, in the grammar. */
  readonly architecture: string;
  readonly cost: Cost;
  /** On the test part, 0..1. */
  readonly top1: number;
  readonly confusion: Confusion;
  /** safetensors. */
  readonly weights: Uint8Array;
}

/**
 * Trains a found network by its recipe on the whole training part (rating images included: nothing
 * is rated any more; DNA trains its final networks so too), and tests it.
 */
export async function retrain(
  request: RetrainRequest,
  context: TaskContext,
): Promise<RetrainResult> {
  const { training, seed, teacher, onOutOfMemory, checkpointEverySeconds, resume } = request;
  const { globalDistil: spec, microBatch } = training;
  const data = await searchData(request.data, context);
  const { network, weights } = await startOf(request, data);
  const distillation = teacher && spec && { teacher: await loadedTeacher(teacher), spec };
  const trained = await trainClassifier(
    {
      network,
      recipe: recipeOf(training),
      memory: { microBatch, onOutOfMemory },
      seed,
      weights,
      distillation,
      trainOn: rowRange(0, data.train.count),
      validateOn: new Uint32Array(),
      checkpointEverySeconds,
      resume,
    },
    data,
    context,
  );
  const architecture = printNetwork(network);
  const { params, macs, flopsTool, activationBytes } = networkCost(network, {
    inputSize: data.info.size,
    classes: data.info.classes.length,
  });
  return {
    architecture,
    cost: { params, macs, flopsTool, activationBytes },
    top1: trained.top1,
    confusion: trained.confusion,
    weights: writeSafetensors(trained.weights, { architecture }),
  };
}

async function startOf({ architecture, cut, seed }: RetrainRequest, data: SearchData) {
  if (cut === null) return { network: networkOf(architecture), weights: null };
  return await cutNetwork(cut, data, seed);
}
