import { type DatasetInfo, type DatasetSource, DomainError } from '@blockwise/contracts';
import { contentHash } from './content-hash.ts';
import type { StreamedFiles } from './folder/streamed-files.ts';
import { channelStatistics } from './statistics.ts';

/** What is known of labelled images without their pixels. */
export interface LabelledImages {
  /** Number of images n. */
  readonly count: number;
  /** Height and width, pixels. */
  readonly size: number;
  /** [n]; positions in the class list. 16 bits where there are more than 256 classes. */
  readonly labels: Uint8Array | Uint16Array;
}

/** Labelled images, decoded, in memory that all threads of a process share. */
export interface ImageSet extends LabelledImages {
  /** [n, size, size, 3] NHWC, RGB, 0..255. */
  readonly images: Uint8Array;
}

/** Labelled images that are decoded from their files whenever they are used. */
export interface StreamedSet extends LabelledImages {
  readonly files: StreamedFiles;
}

/** A data set whose images are all in memory. */
export interface Dataset {
  readonly info: DatasetInfo;
  readonly train: ImageSet;
  /** Touched by final evaluation only. */
  readonly test: ImageSet;
}

/** A data set in memory, or one that is read from its files. It can be sent to other threads. */
export interface OpenDataset {
  readonly info: DatasetInfo;
  readonly train: ImageSet | StreamedSet;
  /** Touched by final evaluation only. */
  readonly test: ImageSet | StreamedSet;
}

/** How far loading is. */
export interface LoadProgress {
  readonly done: number;
  readonly total: number;
  /** What is counted: files looked through, or images decoded or drawn. */
  readonly what: 'files indexed' | 'images loaded' | 'colours measured';
}

export interface LoadOptions {
  readonly onProgress?: (progress: LoadProgress) => void;
  /** Loading stops between images and rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Sets that cannot be read from files image by image are held in memory; beyond this a smaller one is asked for. */
const maxDecodedBytes = 8 * 2 ** 30;
const maxClasses = 2 ** 16;

/** An empty set of `count` images, to be filled by a source. */
export function allocateImages(count: number, size: number, classCount: number): ImageSet {
  const labels = allocateLabels(count, classCount);
  const images = new Uint8Array(new SharedArrayBuffer(count * imageBytes(size)));
  return { count, size, images, labels };
}

/** Labels of `count` images, all 0. */
export function allocateLabels(count: number, classCount: number): Uint8Array | Uint16Array {
  return classCount <= 256
    ? new Uint8Array(new SharedArrayBuffer(count))
    : new Uint16Array(new SharedArrayBuffer(2 * count));
}

/** Bytes of one image [size, size, 3]. */
export function imageBytes(size: number): number {
  return size * size * 3;
}

/** @throws DomainError BAD_INPUT at `dataset.path` when there are more classes than labels can tell apart */
export function checkClassCount(classCount: number): void {
  if (classCount <= maxClasses) return;
  throw new DomainError('BAD_INPUT', `${classCount} classes; at most ${maxClasses} are possible`, {
    path: ['dataset', 'path'],
  });
}

/**
 * Refuses, before anything is drawn, a set that cannot be held in memory.
 *
 * @throws DomainError BAD_INPUT at `dataset.size`
 */
export function checkExtent(imageCount: number, size: number): void {
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

/**
 * Describes parts that are decoded and come from no folder: content hash, counts and the training
 * part's channel statistics.
 */
export function describeDataset(
  source: Pick<DatasetInfo, 'classes' | 'testPart' | 'rejected'> & {
    kind: Exclude<DatasetSource['kind'], 'imageFolder'>;
  },
  train: ImageSet,
  test: ImageSet,
): Dataset {
  const { kind, classes, testPart, rejected } = source;
  const hash = contentHash(classes, train, test);
  const { mean, std } = channelStatistics(train);
  const counts = { size: train.size, trainCount: train.count, testCount: test.count };
  return { info: { kind, hash, classes, ...counts, testPart, mean, std, rejected }, train, test };
}
