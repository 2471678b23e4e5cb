import {
  type DatasetInfo,
  recipeOf,
  type SearchSpec,
  type TrainingSpec,
} from '@blockwise/contracts';
import { createRandom, type Network, networkCuts, networkOf } from '@blockwise/dna';
import { type NamedArrays, readSafetensors, readTimm, writeTimm } from '@blockwise/engine';
import { teacherOfLayersModel } from '../layers-model-teacher.ts';
import { loadedTeacher } from '../loaded-teacher.ts';
import {
  type MadeTeacher,
  madeOfNetwork,
  testedNetwork,
  testWherePossible,
} from '../made-teacher.ts';
import type { ResumePoint } from '../resume.ts';
import { type DrawnSamples, drawSamples } from '../sample-images.ts';
import { type DataRequest, type SearchData, searchData } from '../search-data.ts';
import {
  checkSameImages,
  checkSearchPlan,
  checkTeacherUse,
  type SearchPlan,
} from '../search-plan.ts';
import type { TaskContext } from '../task.ts';
import type { TeacherRequest } from '../teacher-request.ts';
import { timmWeights } from '../timm-teacher.ts';
import { trainClassifier } from '../train-classifier.ts';

/** A network that knows some images: its search's. */
interface KnownImages {
  readonly imageSize: number;
  readonly classes: readonly string[];
}

/** Where a teacher comes from. Files lie on the trainer's disk. */
export type TeacherOrigin =
  | { readonly kind: 'train'; readonly architecture: string; readonly training: TrainingSpec }
  | {
      readonly kind: 'timm';
      readonly architecture: string;
      readonly file: string;
      readonly training: TrainingSpec | null;
    }
  | { readonly kind: 'layersModel'; readonly file: string; readonly cuts: readonly string[] }
  /** A trained network of the platform; with a training it is fine-tuned, for any images. */
  | {
      readonly kind: 'network';
      readonly architecture: string;
      readonly weights: Uint8Array;
      readonly training: TrainingSpec | null;
      readonly known: KnownImages;
    }
  /** The teacher of an earlier search as it is. */
  | {
      readonly kind: 'search';
      readonly teacher: TeacherRequest & Pick<MadeTeacher, 'params' | 'macs'>;
      readonly known: KnownImages;
    };

export interface TeacherTaskRequest {
  readonly data: DataRequest;
  /** What the teacher is for: it is not trained in vain. */
  readonly plan: SearchPlan;
  readonly origin: TeacherOrigin;
  /** Of the search. */
  readonly seed: number;
  readonly onOutOfMemory: SearchSpec['onOutOfMemory'];
  readonly checkpointEverySeconds: number;
  readonly resume: ResumePoint | null;
}

export interface TeacherTaskResult {
  readonly dataset: DatasetInfo;
  readonly samples: DrawnSamples;
  readonly teacher: MadeTeacher;
}

/**
 * Trains, reads or takes over the teacher, and tests it before anybody uses its features.
 *
 * @throws DomainError SPACE_MISFIT or INFEASIBLE when the search cannot be had with it, SPEC_INVALID
 *   when it is for other images, WEIGHTS_NOT_FOUND or WEIGHTS_MISMATCH for its file
 */
export async function teacher(
  request: TeacherTaskRequest,
  context: TaskContext,
): Promise<TeacherTaskResult> {
  const data = await searchData(request.data, context);
  const made = await make(request, data, context);
  return { dataset: data.info, samples: await drawSamples(data), teacher: made };
}

async function make(
  request: TeacherTaskRequest,
  data: SearchData,
  context: TaskContext,
): Promise<MadeTeacher> {
  const { origin, plan, seed } = request;
  const { info } = data;
  const check = (cuts: MadeTeacher['cuts'], classes: number | null) => {
    checkSearchPlan(plan, cuts, info);
    checkTeacherUse(plan, classes, info);
  };
  const networkOfOrigin = (architecture: string) => {
    const network = networkOf(architecture);
    check(networkCuts(network, info.size), info.classes.length);
    return network;
  };
  switch (origin.kind) {
    case 'train': {
      const network = networkOfOrigin(origin.architecture);
      return await train(
        { network, weights: null, training: origin.training },
        request,
        data,
        context,
      );
    }
    case 'timm': {
      const { architecture, file, training } = origin;
      const network = networkOfOrigin(architecture);
      const classifierSeed = training && seedOf(training, seed);
      const weights = await timmWeights(file, network, info.classes.length, classifierSeed);
      if (training === null) return await testedNetwork(network, weights, data);
      return await train({ network, weights, training }, request, data, context);
    }
    case 'network': {
      const { architecture, training, known } = origin;
      if (training === null) checkSameImages(info, known, ['teacher', 'networkId']);
      const network = networkOfOrigin(architecture);
      const stored = readSafetensors(origin.weights).arrays;
      if (training === null) return await testedNetwork(network, stored, data);
      const bytes = writeTimm(stored, network, known.classes.length);
      const classifierSeed = seedOf(training, seed);
      // For another number of classes it gets a new classifier, as a file of timm does.
      const weights = readTimm(bytes, network, info.classes.length, { classifierSeed });
      return await train({ network, weights, training }, request, data, context);
    }
    case 'layersModel':
      return await teacherOfLayersModel(origin, data, check);
    case 'search': {
      const { teacher: earlier, known } = origin;
      checkSameImages(info, known, ['teacher', 'searchId']);
      const { architecture, params, macs, cuts, weights } = earlier;
      const loaded = await loadedTeacher(earlier);
      check(cuts, loaded.classes);
      const tested = await testWherePossible(loaded, data);
      return { architecture, params, macs, cuts, weights, ...tested };
    }
    default:
      return unknownOrigin(origin);
  }
}

/** It sees no rating image: ratings would be measured against what it knows by heart. */
async function train(
  what: { network: Network; weights: NamedArrays | null; training: TrainingSpec },
  { checkpointEverySeconds, onOutOfMemory, resume, seed }: TeacherTaskRequest,
  data: SearchData,
  context: TaskContext,
): Promise<MadeTeacher> {
  const { network, weights, training } = what;
  const run = {
    network,
    recipe: recipeOf(training),
    memory: { microBatch: training.microBatch, onOutOfMemory },
    seed: seedOf(training, seed),
    weights,
    distillation: null,
    trainOn: data.fitting,
    validateOn: data.rating,
    checkpointEverySeconds,
    resume,
  };
  return madeOfNetwork(network, await trainClassifier(run, data, context), data);
}

/** Of the search and the recipe: with another of either the training is another. */
function seedOf(training: TrainingSpec, searchSeed: number): number {
  return createRandom('teacher', searchSeed, recipeOf(training).seed).int(2 ** 31);
}

function unknownOrigin(origin: never): never {
  throw new Error(`a teacher comes from nowhere: ${JSON.stringify(origin)}`);
}
