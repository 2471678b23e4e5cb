import { DomainError, type ErrorCode, type ErrorPath, type SearchSpec } from '@blockwise/contracts';
import { type Database, datasetOf, readSearch, teacherOf } from '@blockwise/db';
import {
  checkFeasible,
  checkFit,
  type Network,
  parseNetwork,
  type SearchSpace,
} from '@blockwise/dna';
import { under } from './input-issues.ts';

/** Height and width of CIFAR-10's images, pixels. */
const cifarSize = 32;
const cifarClasses = 10;

/**
 * What the parts of a specification demand of each other: rates and blocks, rating and training
 * images, cells and the teacher's cut points, constraints and the networks there are.
 *
 * @throws DomainError with the path of the field in `startSearch`'s input
 */
export async function checkSpec(
  database: Database,
  spec: SearchSpec,
  space: SearchSpace,
): Promise<void> {
  checkRates(spec, space);
  checkRatingImages(spec);
  const inputSize = imageSize(spec);
  const teacher = await teacherNetwork(database, spec, inputSize);
  under(['spec'], () => checkFit(space, teacher, inputSize));
  under(['spec'], () => checkConstraints(spec, space, inputSize));
}

function refuse(code: ErrorCode, message: string, path: ErrorPath): never {
  throw new DomainError(code, message, { path: ['spec', ...path] });
}

function checkRates({ distil }: SearchSpec, space: SearchSpace): void {
  const { learningRate } = distil;
  if (Array.isArray(learningRate) && learningRate.length !== space.blocks.length) {
    refuse(
      'SPEC_INVALID',
      `${learningRate.length} learning rates are given for ${space.blocks.length} blocks.`,
      ['distil', 'learningRate'],
    );
  }
}

/** Only the procedural set says how many images it has before it is read. */
function checkRatingImages({ dataset, ratingPerClass }: SearchSpec): void {
  if (dataset.kind === 'procedural' && ratingPerClass >= dataset.trainPerClass) {
    refuse(
      'SPEC_INVALID',
      `${ratingPerClass} rating images per class leave none of ${dataset.trainPerClass} to train on.`,
      ['ratingPerClass'],
    );
  }
}

function imageSize({ dataset }: SearchSpec): number {
  switch (dataset.kind) {
    case 'procedural':
    case 'imageFolder':
      return dataset.size;
    case 'cifar10':
      return cifarSize;
    default:
      return dataset satisfies never;
  }
}

/** The network between whose blocks the cells have to fit. */
async function teacherNetwork(
  database: Database,
  { teacher }: SearchSpec,
  inputSize: number,
): Promise<Network> {
  if (teacher.kind === 'train') {
    const path = ['spec', 'teacher', 'train', 'architecture'];
    return under(path, () => parseNetwork(teacher.architecture));
  }
  const path = ['teacher', 'search', 'searchId'];
  const search = await readSearch(database, teacher.searchId);
  if (search === null) {
    return refuse('NOT_FOUND', 'There is no search with this id to take the teacher of.', path);
  }
  const stored = await teacherOf(database, search.id);
  const dataset = await datasetOf(database, search.id);
  if (stored === null || dataset === null) {
    return refuse('NOT_READY', `The teacher of "${search.name}" is not trained yet.`, path);
  }
  if (dataset.size !== inputSize) {
    return refuse(
      'SPEC_INVALID',
      `The teacher of "${search.name}" sees images of ${dataset.size} pixels, this search has ${inputSize}.`,
      path,
    );
  }
  return parseNetwork(stored.architecture);
}

/** Whether any network of the space satisfies the constraints, whatever its rating. */
function checkConstraints(
  { constraints, dataset }: SearchSpec,
  space: SearchSpace,
  inputSize: number,
): void {
  switch (dataset.kind) {
    case 'procedural':
      checkFeasible(space, { inputSize, classes: dataset.classes }, constraints);
      return;
    case 'cifar10':
      checkFeasible(space, { inputSize, classes: cifarClasses }, constraints);
      return;
    case 'imageFolder': {
      // The classes are not known yet. With two, every network is as small as it can be, so that an
      // upper bound that is missed now would be missed anyway.
      const { params, macs } = constraints;
      const upper = {
        ...(params?.max === undefined ? {} : { params: { max: params.max } }),
        ...(macs?.max === undefined ? {} : { macs: { max: macs.max } }),
      };
      checkFeasible(space, { inputSize, classes: 2 }, upper);
      return;
    }
    default:
      dataset satisfies never;
  }
}
