import { DomainError, type ErrorPath, type SearchSpec } from '@blockwise/contracts';
import { type Constraints, misfits, type SearchSpace, type Task } from '@blockwise/dna';
import { checkNetworkTraining } from './check-training.ts';
import type { Context } from './context.ts';
import { countsOf } from './estimate/images.ts';
import type { Faults } from './faults.ts';
import { placed, underAsync } from './input-issues.ts';
import { checkTeacherTraining, type PlannedTeacher } from './planned-teacher.ts';
import { refuse } from './refuse.ts';

/**
 * What the parts of a specification demand of each other: lists and blocks, rating and training
 * images, cells and the teacher's cut points, constraints and the networks there are. Every fault has
 * the path of the field in `startSearch`'s input.
 *
 * @param teacher null where only a trainer can read it, or it is at fault itself
 */
export async function checkSpec(
  spec: SearchSpec,
  space: SearchSpace,
  teacher: PlannedTeacher | null,
  { solver }: Context,
  faults: Faults,
): Promise<void> {
  for (const list of perBlock(spec)) faults.of(() => checkPerBlock(list, space.blocks.length));
  faults.of(() => checkRatingImages(spec));
  faults.of(() => checkNetworkTraining(spec.retrain, ['spec', 'retrain']));
  faults.of(() => checkTeacherTraining(spec.teacher));
  faults.of(() => checkLatencyBound(spec));
  for (const fault of misfitsOf(spec, space, teacher)) faults.add(placed(['spec'], fault));
  const { task, constraints } = feasible(spec);
  await faults.ofAsync(() =>
    underAsync(['spec'], () => solver.run('checkFeasible', space, task, constraints)),
  );
}

/** Lists with a value for each block. */
function perBlock({ distil, solve }: SearchSpec): List[] {
  return [
    { what: 'numbers of epochs', list: distil.epochs, path: ['distil', 'epochs'] },
    { what: 'learning rates', list: distil.learningRate, path: ['distil', 'learningRate'] },
    { what: 'weights λ', list: solve.lambdas, path: ['solve', 'lambdas'] },
  ];
}

interface List {
  readonly what: string;
  readonly list: unknown;
  readonly path: ErrorPath;
}

/** Whether every list with a value for each block has so many. */
export function fitsBlocks(spec: SearchSpec, blocks: number): boolean {
  return perBlock(spec).every(({ list }) => !Array.isArray(list) || list.length === blocks);
}

function checkPerBlock({ what, list, path }: List, blocks: number): void {
  if (Array.isArray(list) && list.length !== blocks) {
    refuse('SPEC_INVALID', `${list.length} ${what} are given for ${blocks} blocks.`, [
      'spec',
      ...path,
    ]);
  }
}

function checkLatencyBound({ constraints, latency }: SearchSpec): void {
  if (constraints.latencyMs !== undefined && latency === null) {
    refuse('SPEC_INVALID', 'A bound on latency needs a measurement: give `latency`.', [
      'spec',
      'latency',
    ]);
  }
}

/** Only the procedural set says how many images it has before it is read. */
function checkRatingImages({ dataset, ratingPerClass }: SearchSpec): void {
  if (dataset.kind === 'procedural' && ratingPerClass >= dataset.trainPerClass) {
    refuse(
      'SPEC_INVALID',
      `${ratingPerClass} rating images per class leave none of ${dataset.trainPerClass} to train on.`,
      ['spec', 'ratingPerClass'],
    );
  }
}

/** Of a LayersModel only the number of cuts is known before a trainer reads it. */
function misfitsOf(
  { teacher, dataset }: SearchSpec,
  space: SearchSpace,
  planned: PlannedTeacher | null,
): DomainError[] {
  if (planned !== null) return misfits(space, planned.cuts, taskOf({ dataset }).inputSize);
  if (teacher.kind !== 'layersModel' || teacher.cuts.length === space.blocks.length + 1) return [];
  const message = `${teacher.cuts.length} cuts are given for the stem and ${space.blocks.length} blocks.`;
  return [new DomainError('SPACE_MISFIT', message, { path: ['teacher', 'layersModel', 'cuts'] })];
}

/**
 * What networks of the search read and answer. The classes of a folder are not known yet: with two,
 * every network is as small as it can be.
 */
export function taskOf({ dataset }: Pick<SearchSpec, 'dataset'>): Task {
  const counts = countsOf({ dataset });
  if (counts !== null) return { inputSize: counts.size, classes: counts.classes };
  if (dataset.kind !== 'imageFolder') throw new Error(`${dataset.kind} has no counts`);
  return { inputSize: dataset.size, classes: 2 };
}

/** Constraints that a network of the space has to satisfy whatever its rating and latency. */
function feasible({ constraints: { latencyMs: _, ...constraints }, dataset }: SearchSpec): {
  task: Task;
  constraints: Constraints;
} {
  const task = taskOf({ dataset });
  // An upper bound that the smallest networks miss would be missed anyway.
  return countsOf({ dataset }) === null
    ? { task, constraints: upperBounds(constraints) }
    : { task, constraints };
}

function upperBounds(constraints: Constraints): Constraints {
  return Object.fromEntries(
    Object.entries(constraints).flatMap(([axis, bounds]) =>
      bounds?.max === undefined ? [] : [[axis, { max: bounds.max }]],
    ),
  );
}
