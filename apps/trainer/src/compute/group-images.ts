import type { FeedRequest, ImageStream } from '@blockwise/datasets';
import {
  type Draws,
  type FeatureGroup,
  type FeatureSequence,
  groupName,
} from './feature-groups.ts';
import type { SearchData } from './search-data.ts';

/** Positions of a group's images in the training part, by row. */
export function groupPositions(data: SearchData, group: FeatureGroup): Uint32Array {
  switch (group.kind) {
    case 'train':
      return data.fitting;
    case 'rating':
      return data.rating;
    case 'calibration':
      return data.calibration;
    default:
      throw unknownGroup(group);
  }
}

/**
 * The request for the images of a group's rows, [rows.length, size, size, 3] NHWC, normalised. Only
 * `train` images are augmented: the released code calibrates on images with random erasing noise,
 * which ours does not (DNA's traps, the calibration batch).
 */
export function groupRequest(
  data: SearchData,
  group: FeatureGroup,
  rows: ArrayLike<number>,
  { augment, seed }: Draws,
): FeedRequest {
  const of = groupPositions(data, group);
  const positions = Uint32Array.from(rows, (row) => of[row] ?? missingRow(group, row));
  const draws =
    group.kind === 'train'
      ? { augment, seed: `${seed}/distil`, epoch: group.variant }
      : ({ augment: 'none' } as const);
  return { part: 'train', positions, draws };
}

/** The images of a group's rows at once. */
export function groupImages(
  data: SearchData,
  group: FeatureGroup,
  rows: ArrayLike<number>,
  draws: Draws,
): Promise<Float32Array> {
  return data.feed.read(groupRequest(data, group, rows, draws));
}

/**
 * The images of sequences, read part by part. Parts that follow one another in the size of the first
 * are made ahead; after a jump reading begins anew.
 */
export class SequenceImages {
  readonly #data: SearchData;
  readonly #draws: Draws;
  #run: { name: string; at: number; count: number; stream: ImageStream } | null = null;

  constructor(data: SearchData, draws: Draws) {
    this.#data = data;
    this.#draws = draws;
  }

  /** Positions `from` to `to` (exclusive) of a sequence. */
  async read({ name, group, rows }: FeatureSequence, from: number, to: number) {
    const count = to - from;
    let run = this.#run;
    if (run?.name !== name || run.at !== from || run.count !== count) {
      this.close();
      const stream = this.#data.feed.stream((i) => {
        const first = from + i * count;
        // A shorter rest is read for itself.
        if (first + count > rows.length) return null;
        const some = rows.subarray(first, first + count);
        return groupRequest(this.#data, group, some, this.#draws);
      });
      run = { name, at: from, count, stream };
      this.#run = run;
    }
    run.at = to;
    const images = await run.stream.next();
    if (!images) throw new Error(`${name} has no rows ${from} to ${to}`);
    return images;
  }

  close(): void {
    this.#run?.stream.close();
    this.#run = null;
  }
}

function missingRow(group: FeatureGroup, row: number): never {
  throw new Error(`group ${groupName(group)} has no row ${row}`);
}

function unknownGroup(group: never): Error {
  return new Error(`there is no feature group ${JSON.stringify(group)}`);
}
