import { type DatasetInfo, type DatasetSource, DomainError } from '@blockwise/contracts';
import { contentHash } from './content-hash.ts';
import { channelStatistics } from './statistics.ts';

/** Labelled images, decoded. */
export interface ImageSet {
  /** Number of images n. */
  readonly count: number;
  /** Height and width, pixels. */
  readonly size: number;
  /** [n, size, size, 3] NHWC, RGB, 0..255. */
  readonly images: Uint8Array;
  /** [n]; positions in the class list. 16 bits where there are more than 256 classes. */
  readonly labels: Uint8Array | Uint16Array;
}

export interface Dataset {
  readonly info: DatasetInfo;
  readonly train: ImageSet;
  /** Touched by final evaluation only. */
  readonly test: ImageSet;
}

/** How far loading is: files, records or generated images. */
export interface LoadProgress {
  readonly done: number;
  readonly total: number;
}

export interface LoadOptions {
  readonly onProgress?: (progress: LoadProgress) => void;
  /** Loading stops between images and rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Decoded images are held in memory by every process that trains; beyond this a smaller `size` is asked for. */
const maxDecodedBytes = 8 * 2 ** 30;
const maxClasses = 2 ** 16;

/** An empty set of `count` images, to be filled by a source. */
export function allocateImages(count: number, size: number, classCount: number): ImageSet {
  const labels = classCount <= 256 ? new Uint8Array(count) : new Uint16Array(count);
  return { count, size, images: new Uint8Array(count * imageBytes(size)), labels };
}

/** Bytes of one image [size, size, 3]. */
export function imageBytes(size: number): number {
  return size * size * 3;
}

/**
 * Refuses, before anything is decoded, a set that cannot be held in memory.
 *
 * @throws DomainError BAD_INPUT at `dataset.size` or `dataset.path`
 */
export function checkExtent(classCount: number, imageCount: number, size: number): void {
  if (classCount > maxClasses) {
    throw new DomainError(
      'BAD_INPUT',
      `${classCount} classes; at most ${maxClasses} are possible`,
      {
        path: ['dataset', 'path'],
      },
    );
  }
  const bytes = imageCount * imageBytes(size);
  if (bytes > maxDecodedBytes) {
    const gibibytes = (value: number) => (value / 2 ** 30).toFixed(1);
    throw new DomainError(
      'BAD_INPUT',
      `${imageCount} images of ${size}x${size} take ${gibibytes(bytes)} GiB decoded, more than ${gibibytes(maxDecodedBytes)} GiB; choose a smaller size`,
      { path: ['dataset', 'size'] },
    );
  }
}

/** Describes decoded parts: content hash, counts and the training part's channel statistics. */
export function describeDataset(
  source: Pick<DatasetInfo, 'classes' | 'testPart' | 'rejected'> & { kind: DatasetSource['kind'] },
  train: ImageSet,
  test: ImageSet,
): Dataset {
  const { kind, classes, testPart, rejected } = source;
  const hash = contentHash(classes, train, test);
  const { mean, std } = channelStatistics(train);
  const counts = { size: train.size, trainCount: train.count, testCount: test.count };
  return { info: { kind, hash, classes, ...counts, testPart, mean, std, rejected }, train, test };
}
