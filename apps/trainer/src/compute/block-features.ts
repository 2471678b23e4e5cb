import type { FeatureSource } from '../features/feature-source.ts';
import type { Draws, FeatureSequence } from './feature-groups.ts';
import type { FeatureReading } from './feature-reading.ts';
import { SequenceImages } from './group-images.ts';
import type { SearchData } from './search-data.ts';
import { openStoredFeatures } from './stored-features.ts';
import type { TaskContext } from './task.ts';
import { type FeaturePasses, teacherMicroBatch } from './teacher-micro-batch.ts';
import type { TeacherRequest } from './teacher-request.ts';
import { openWindowFeatures } from './window-features.ts';

/** What enters and what the teacher makes of it, of `count` rows: NHWC, row-major. */
export interface BlockBatch {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly count: number;
}

export interface BlockFeaturesOptions {
  readonly data: SearchData;
  readonly teacher: TeacherRequest;
  /** 0-based. */
  readonly block: number;
  /** What enters: the image, or the teacher's features before the block. */
  readonly input: 'image' | 'teacher';
  readonly draws: Draws;
  readonly source: FeatureSource;
  readonly passes: FeaturePasses;
}

/** What one block learns from: its input, and the teacher's features after it. */
export class BlockFeatures {
  readonly #options: BlockFeaturesOptions;
  readonly #reading: FeatureReading;
  readonly #images: SequenceImages;

  constructor(options: BlockFeaturesOptions, context: TaskContext) {
    this.#options = options;
    const { data, teacher, draws, source } = options;
    this.#images = new SequenceImages(data, draws);
    const lengths = teacher.cuts.map(({ size, channels }) => size * size * channels);
    const { windows, stop, tally, reporter } = context;
    const microBatch = teacherMicroBatch(teacher, options.passes, context);
    const batch = options.passes.microBatch;
    const ofRows = { data, teacher, draws, batch, microBatch, stop, tally, reporter };
    this.#reading =
      source.kind === 'stored'
        ? openStoredFeatures(source, lengths, ofRows)
        : openWindowFeatures({ source, windows, lengths, teacher: ofRows });
  }

  /**
   * Positions `from` to `to` (exclusive) of a sequence; all of it unless told.
   *
   * @throws TaskStopped when the features had to be computed, and the task was to stop
   */
  async read(
    sequence: FeatureSequence,
    from = 0,
    to: number = sequence.rows.length,
  ): Promise<BlockBatch> {
    const { block, input } = this.#options;
    const ownInput = input === 'image' || block === 0;
    const cuts = ownInput ? [block + 1] : [block, block + 1];
    const maps = await this.#reading.read(sequence, { from, to }, cuts);
    const x = ownInput ? await this.#images.read(sequence, from, to) : maps[0];
    const y = maps.at(-1);
    if (!x || !y) throw new Error('a cut point was left out');
    return { x, y, count: to - from };
  }

  close(): void {
    this.#images.close();
    this.#reading.close();
  }
}
