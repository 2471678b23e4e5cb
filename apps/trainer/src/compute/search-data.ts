import { type DatasetInfo, type DatasetSource, DomainError } from '@blockwise/contracts';
import {
  type ChannelStatistics,
  ImageFeed,
  type LabelledImages,
  normalisationOf,
  splitRating,
} from '@blockwise/datasets';
import { createRandom } from '@blockwise/dna';
import type { TaskContext } from './task.ts';

/** Which images, and how they are divided. */
export interface DataRequest {
  readonly source: DatasetSource;
  /** Of the search. */
  readonly seed: number;
  readonly ratingPerClass: number;
  readonly calibrationImages: number;
  /** Whose mean and deviation images are normalised with: the training part's, or ImageNet's. */
  readonly normalisation: 'data' | 'imagenet';
  /** The hash that the search's first job recorded; null in that job itself. */
  readonly expectedHash: string | null;
}

/** A search's images. Positions are those in `train`, ascending. */
export interface SearchData {
  readonly info: DatasetInfo;
  /** What every image is normalised with, test images too. */
  readonly channels: ChannelStatistics;
  readonly train: LabelledImages;
  /** For final evaluation only. */
  readonly test: LabelledImages;
  /** What their pixels are read through. */
  readonly feed: ImageFeed;
  /** What the teacher and the cells train on: the training part without the rating images. */
  readonly fitting: Uint32Array;
  /** What candidates are rated on. No cell trains on it, nor does the search's own teacher. */
  readonly rating: Uint32Array;
  /** Of `fitting`: clean images from which batch-norm statistics are taken before rating. */
  readonly calibration: Uint32Array;
}

/**
 * The last data set of this thread: jobs of one search follow each other. It serves while its hash
 * is the expected one; a source may have other content by the time of the next search. Its memory is
 * shared with the trainer's other threads.
 */
let loaded: { readonly key: string; readonly data: SearchData } | null = null;

/**
 * Loads and divides a search's images; the same request gives the same division everywhere. A
 * search's first job, which expects no hash, always looks at what the source holds now.
 *
 * @throws DomainError DATASET_CORRUPT when the images are not those that the search began with
 */
export async function searchData(
  request: DataRequest,
  { images, reporter }: Pick<TaskContext, 'images' | 'reporter'>,
): Promise<SearchData> {
  const { expectedHash, ...division } = request;
  const key = JSON.stringify(division);
  if (loaded?.key !== key || loaded.data.info.hash !== expectedHash) {
    // Before the next set is opened, so that memory need not hold both.
    loaded?.data.feed.close();
    loaded = null;
    const { dataset, ports } = await images.open(
      { source: request.source, expectedHash },
      ({ done, total, what }) => reporter.progress(done, total, 'images', what),
    );
    const { train, test, info } = dataset;
    const channels = normalisationOf(info, request.normalisation);
    const feed = new ImageFeed(dataset, channels, ports);
    loaded = { key, data: { info, channels, train, test, feed, ...divide(request, train) } };
  }
  const { data } = loaded;
  if (expectedHash !== null && data.info.hash !== expectedHash) {
    throw new DomainError('DATASET_CORRUPT', otherImages(request.source), { path: ['dataset'] });
  }
  return data;
}

function otherImages({ kind }: DatasetSource): string {
  const changed = 'The images have changed since the search began';
  // Both hashes look alike, so that it cannot be told which of the two it is.
  return kind === 'imageFolder'
    ? `${changed}, or it was recorded by an earlier version, by its pixels; start it again.`
    : `${changed}.`;
}

function divide(
  { seed, ratingPerClass, calibrationImages }: DataRequest,
  train: LabelledImages,
): Pick<SearchData, 'fitting' | 'rating' | 'calibration'> {
  const { train: fitting, rating } = splitRating(train, { perClass: ratingPerClass, seed });
  const shuffled = createRandom('calibration', seed).shuffle([...fitting]);
  const calibration = Uint32Array.from(shuffled.slice(0, calibrationImages)).sort();
  return { fitting, rating, calibration };
}
