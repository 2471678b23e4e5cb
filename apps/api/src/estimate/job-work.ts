import {
  blockEpochs,
  type NetworkTraining,
  recipeOf,
  type SearchSpec,
  type TeacherSpec,
} from '@blockwise/contracts';
import {
  latencyItems,
  pathCount,
  type SearchSpace,
  type Shape,
  supernetMacs,
} from '@blockwise/dna';
import type { Images } from './images.ts';

/*
 * What jobs compute, in multiply-accumulates: those of the networks, times the images that pass
 * through them. A step of training counts three times its forward pass (forward, and the gradients
 * of inputs and of weights). What a forecast makes of it is in forecast.ts.
 */

/** What a search computes with. */
export interface Setting {
  readonly spec: SearchSpec;
  readonly space: SearchSpace;
  readonly images: Images;
  /** The teacher's maps between which the cells lie. */
  readonly cuts: readonly Shape[];
  /** Of the teacher, for one image. */
  readonly teacherMacs: number;
}

const passesOfStep = 3;
/** Random paths, and images on either side, with which a cell is looked at after every epoch. */
const looked = { paths: 4, images: 128 };

/** Training, if it is trained here, with a look at the rating images after every epoch; one test. */
export function teacherWork({ spec, images, teacherMacs }: Setting): number {
  const training = trainingOf(spec.teacher);
  const epochs = training === null ? 0 : recipeOf(training).epochs;
  const perEpoch = passesOfStep * images.fitting + images.rating;
  return teacherMacs * (epochs * perEpoch + images.test);
}

function trainingOf(teacher: TeacherSpec) {
  return 'training' in teacher ? teacher.training : null;
}

/** A cell's training, without the teacher's features ({@link featureWork}). */
export function distilWork(setting: Setting, block: number, cell: number): Work {
  const { spec, space, images } = setting;
  const { strategy, sampling, earlyStop } = spec.distil;
  const { path } = supernetOf(setting, block, cell);
  const paths = sampling === 'fair' ? (space.blocks[block]?.ops.length ?? 1) : 1;
  // The student's own blocks before it: trained anew with it, or only run.
  const passesBefore = { dna: 0, s1: passesOfStep, s2: 1 }[strategy];
  const before =
    passesBefore * sum(space.blocks.slice(0, block).map((_, b) => meanPath(setting, b)));
  const epochs = blockEpochs(spec.distil, block);
  const perEpoch =
    images.fitting * (passesOfStep * paths * path + before) + looked.paths * looked.images * path;
  const least = earlyStop === null ? epochs : Math.min(epochs, earlyStop.patienceEpochs + 1);
  return { low: least * perEpoch, high: epochs * perEpoch };
}

/**
 * The teacher's features of every image that the cells see, computed once: all cells of a trainer
 * share them.
 */
export function featureWork({ spec, images, teacherMacs, space }: Setting): number {
  const { augment, augmentVariants } = spec.distil;
  const epochs = Math.max(...space.blocks.map((_, block) => blockEpochs(spec.distil, block)));
  const draws = augment === 'none' ? 1 : Math.min(augmentVariants ?? epochs, epochs);
  const { rating } = images;
  return teacherMacs * (draws * images.fitting + rating + spec.rating.calibrationImages);
}

/** All paths of a cell, each beginning of a path computed once. */
export function rateWork(setting: Setting, block: number, cell: number): number {
  const { spec, space, images, teacherMacs } = setting;
  const { measure, calibrationImages } = spec.rating;
  const { tree } = supernetOf(setting, block, cell);
  const isReplaced = measure === 'replaceKl' || measure === 'replaceError';
  // At most: the teacher's blocks before the cell are not run again.
  const rest = isReplaced ? pathCount(space, block, cell) * images.rating * teacherMacs : 0;
  return tree * (images.rating + calibrationImages) + rest;
}

/** One training of a network that computes `macs` for an image, and its test. */
export function retrainWork(
  { images, teacherMacs }: Pick<Setting, 'images' | 'teacherMacs'>,
  training: NetworkTraining,
  macs: number,
): number {
  const { globalDistil } = training;
  const distilled = globalDistil === null ? 0 : globalDistil.epochs;
  return (
    images.train * (recipeOf(training).epochs + distilled) * passesOfStep * macs +
    images.train * distilled * teacherMacs +
    verifyWork({ images }, macs)
  );
}

/** A test of a network's weights. */
export function verifyWork({ images }: Pick<Setting, 'images'>, macs: number): number {
  return macs * images.test;
}

/** Not multiply-accumulates but timed passes: what surrounds a small layer outweighs it. */
export function latencyWork(
  { space, images }: Pick<Setting, 'space' | 'images'>,
  { repeats }: { readonly repeats: number },
): number {
  return repeats * latencyItems(space, { inputSize: images.size, classes: images.classes }).length;
}

/** At least and at most. */
export interface Work {
  readonly low: number;
  readonly high: number;
}

function supernetOf({ space, cuts, images }: Setting, block: number, cell: number) {
  return supernetMacs(space, block, cell, cuts, images.size);
}

function meanPath(setting: Setting, block: number): number {
  const cells = setting.space.blocks[block]?.cells ?? [];
  return sum(cells.map((_, cell) => supernetOf(setting, block, cell).path)) / cells.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
