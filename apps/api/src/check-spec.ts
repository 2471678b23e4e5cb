import type { SearchSpec } from '@blockwise/contracts';
import { type Constraints, checkFit, type SearchSpace, type Task } from '@blockwise/dna';
import { checkNetworkTraining } from './check-training.ts';
import type { Context } from './context.ts';
import { under, underAsync } from './input-issues.ts';
import { refuse } from './refuse.ts';
import { teacherCuts } from './teacher-cuts.ts';

/** Height and width of CIFAR-10's images, pixels. */
const cifarSize = 32;
const cifarClasses = 10;

/**
 * What the parts of a specification demand of each other: lists and blocks, rating and training
 * images, cells and the teacher's cut points, constraints and the networks there are.
 *
 * @throws DomainError with the path of the field in `startSearch`'s input
 */
export async function checkSpec(
  spec: SearchSpec,
  space: SearchSpace,
  context: Context,
): Promise<void> {
  checkPerBlock(spec, space.blocks.length);
  checkRatingImages(spec);
  checkNetworkTraining(spec.retrain, ['spec', 'retrain']);
  if (spec.constraints.latencyMs !== undefined && spec.latency === null) {
    refuse('SPEC_INVALID', 'A bound on latency needs a measurement: give `latency`.', [
      'spec',
      'latency',
    ]);
  }
  const inputSize = imageSize(spec);
  const cuts = await teacherCuts(context, spec, inputSize);
  checkCellsFit(spec, space, cuts, inputSize);
  const { task, constraints } = feasible(spec, inputSize);
  await underAsync(['spec'], () => context.solver.run('checkFeasible', space, task, constraints));
}

/** Lists with a value for each block. */
function checkPerBlock({ distil, solve }: SearchSpec, blocks: number): void {
  const lists = [
    { what: 'numbers of epochs', list: distil.epochs, path: ['distil', 'epochs'] },
    { what: 'learning rates', list: distil.learningRate, path: ['distil', 'learningRate'] },
    { what: 'weights λ', list: solve.lambdas, path: ['solve', 'lambdas'] },
  ];
  for (const { what, list, path } of lists) {
    if (Array.isArray(list) && list.length !== blocks) {
      refuse('SPEC_INVALID', `${list.length} ${what} are given for ${blocks} blocks.`, [
        'spec',
        ...path,
      ]);
    }
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

/** Of a LayersModel only the number of cuts is known before a trainer reads it. */
function checkCellsFit(
  { teacher }: SearchSpec,
  space: SearchSpace,
  cuts: Awaited<ReturnType<typeof teacherCuts>>,
  inputSize: number,
): void {
  if (cuts !== null) {
    under(['spec'], () => checkFit(space, cuts, inputSize));
  } else if (teacher.kind === 'layersModel' && teacher.cuts.length !== space.blocks.length + 1) {
    refuse(
      'SPACE_MISFIT',
      `${teacher.cuts.length} cuts are given for the stem and ${space.blocks.length} blocks.`,
      ['spec', 'teacher', 'layersModel', 'cuts'],
    );
  }
}

/** Constraints that a network of the space has to satisfy whatever its rating and latency. */
function feasible(
  { constraints: { latencyMs: _, ...constraints }, dataset }: SearchSpec,
  inputSize: number,
): { task: Task; constraints: Constraints } {
  switch (dataset.kind) {
    case 'procedural':
      return { task: { inputSize, classes: dataset.classes }, constraints };
    case 'cifar10':
      return { task: { inputSize, classes: cifarClasses }, constraints };
    case 'imageFolder':
      // The classes are not known yet. With two, every network is as small as it can be, so that an
      // upper bound that is missed now would be missed anyway.
      return { task: { inputSize, classes: 2 }, constraints: upperBounds(constraints) };
    default:
      return dataset satisfies never;
  }
}

function upperBounds(constraints: Constraints): Constraints {
  return Object.fromEntries(
    Object.entries(constraints).flatMap(([axis, bounds]) =>
      bounds?.max === undefined ? [] : [[axis, { max: bounds.max }]],
    ),
  );
}
