import type { DistilSpec } from '@blockwise/contracts';
import {
  type CellSupernet,
  CellTraining,
  evenParts,
  MicroBatch,
  type NamedArrays,
  type PathTrainingOptions,
  type PooledPath,
  StageTraining,
  type StudentPrefix,
} from '@blockwise/engine';
import type { BlockBatch } from './block-features.ts';
import type { OpenCell } from './cell.ts';
import { type EarlierBlocks, frozenBlocks } from './earlier-blocks.ts';
import { joined } from './joined-arrays.ts';

/** Calibration batch and rating batch. */
export type RatingPair = readonly [BlockBatch, BlockBatch];

/** A cell in training, whatever its search's strategy. Batches hold what `BlockFeatures` reads. */
export interface CellStudent {
  readonly supernet: CellSupernet;
  /** One step; returns its loss. */
  step(batch: BlockBatch, step: number): Promise<number>;
  /** Two clean batches with what enters the cell when it is rated. */
  ratingInputs(batches: RatingPair): Promise<RatingPair>;
  /** What a rating needs. */
  weights(): Promise<NamedArrays>;
  /** What going on needs. */
  snapshot(): Promise<NamedArrays>;
  restore(arrays: NamedArrays): void;
  dispose(): void;
}

export interface CellStudentOptions {
  readonly opened: Pick<OpenCell, 'place' | 'before'>;
  readonly earlier: EarlierBlocks;
  readonly spec: DistilSpec;
  readonly training: PathTrainingOptions & { readonly microBatch: MicroBatch };
  readonly seed: number;
  /** Reads the clean batch for the statistics of the blocks before. */
  readonly calibration: () => Promise<BlockBatch>;
}

/** The first block learns from images in every strategy; there is no block before it. */
export async function openStudent(options: CellStudentOptions): Promise<CellStudent> {
  const { strategy } = options.spec;
  if (strategy === 'dna' || options.opened.place.block === 0) return teacherFed(options);
  const calibration = await options.calibration();
  return strategy === 's1'
    ? trainedTogether(options, calibration)
    : behindFrozen(options, calibration);
}

/** `dna`: the teacher's features enter. */
function teacherFed(options: CellStudentOptions): CellStudent {
  const training = cellTraining(options);
  return {
    supernet: training.supernet,
    step: async (batch, step) => (await training.step({ ...batch, step })).loss,
    ratingInputs: async (batches) => batches,
    weights: () => training.supernet.store.read(),
    snapshot: () => training.snapshot(),
    restore: (arrays) => training.restore(arrays),
    dispose: () => training.dispose(),
  };
}

/** `s2`: the features of the student's own blocks enter, which stay as they are. */
function behindFrozen(options: CellStudentOptions, calibration: BlockBatch): CellStudent {
  const { opened, earlier, seed, training } = options;
  const prefix = frozenBlocks(opened.before, earlier, calibration);
  const student = teacherFed(options);
  return {
    ...student,
    step: async (batch, step) => {
      const entered = await throughBlocks(
        prefix,
        batch,
        training.microBatch,
        prefix.choiceOf(seed, step),
      );
      return student.step(entered, step);
    },
    ratingInputs: (batches) => bothThroughBlocks(prefix, batches, sizeOf(training)),
    dispose: () => {
      student.dispose();
      prefix.dispose();
    },
  };
}

/** `s1`: the blocks before are trained again together with the cell. */
function trainedTogether(options: CellStudentOptions, calibration: BlockBatch): CellStudent {
  const { opened, spec, training, seed } = options;
  const { cell } = opened.place;
  const { sampling } = spec;
  const stage = new StageTraining({ ...opened.before, ...training, cell, seed, sampling });
  return {
    supernet: stage.supernet,
    step: async (batch, step) => (await stage.step({ ...batch, step })).loss,
    ratingInputs: async (batches) => {
      const prefix = stage.studentPrefix(calibration);
      try {
        return await bothThroughBlocks(prefix, batches, sizeOf(training));
      } finally {
        prefix.dispose();
      }
    },
    weights: () => stage.weights(),
    snapshot: () => stage.snapshot(),
    restore: (arrays) => stage.restore(arrays),
    dispose: () => stage.dispose(),
  };
}

function cellTraining({ opened, spec, training, seed }: CellStudentOptions): CellTraining {
  const { sampling } = spec;
  return new CellTraining({ ...opened.place, ...training, seed, sampling });
}

/** Images → what enters the cell, along the best paths of the blocks before unless told. */
export async function throughBlocks(
  prefix: StudentPrefix,
  batch: BlockBatch,
  microBatch: MicroBatch,
  choice?: readonly PooledPath[],
): Promise<BlockBatch> {
  const { x, count } = batch;
  const what = "The student's blocks before the cell";
  const parts = await microBatch.run(count, what, async (size) => {
    const outputs: Float32Array[] = [];
    for (const { from, to } of evenParts(count, size)) {
      const images = x.subarray((from * x.length) / count, (to * x.length) / count);
      outputs.push(await prefix.features(images, to - from, choice));
    }
    return outputs;
  });
  return { ...batch, x: joined(parts) };
}

/** The training's size as it is by now: a look for which memory does not suffice leaves it alone. */
function sizeOf({ microBatch }: CellStudentOptions['training']): MicroBatch {
  return MicroBatch.fixed(microBatch.size);
}

async function bothThroughBlocks(
  prefix: StudentPrefix,
  [calibration, batch]: RatingPair,
  microBatch: MicroBatch,
): Promise<RatingPair> {
  return [
    await throughBlocks(prefix, calibration, microBatch),
    await throughBlocks(prefix, batch, microBatch),
  ];
}
