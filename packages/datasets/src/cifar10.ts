import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DomainError } from '@blockwise/contracts';
import {
  allocateImages,
  type Dataset,
  describeDataset,
  type ImageSet,
  imageBytes,
  type LoadOptions,
} from './dataset.ts';
import { datasetNotFound, systemErrorCode } from './not-found.ts';

/** In the order of the labels, as in the data set's own `batches.meta.txt`. */
export const cifar10Classes = [
  'airplane',
  'automobile',
  'bird',
  'cat',
  'deer',
  'dog',
  'frog',
  'horse',
  'ship',
  'truck',
];

export const cifar10TrainFiles = [1, 2, 3, 4, 5].map((batch) => `data_batch_${batch}.bin`);
export const cifar10TestFile = 'test_batch.bin';
const size = 32;
const pixels = size * size;
/** One byte of label, then 1024 bytes each of red, green and blue, row by row. */
const recordBytes = 1 + 3 * pixels;

/** Record counts from file sizes. @throws DomainError DATASET_NOT_FOUND, DATASET_CORRUPT */
export async function countCifar10(path: string): Promise<{ train: number; test: number }> {
  const counts = await Promise.all(
    [...cifar10TrainFiles, cifar10TestFile].map((name) => recordCount(resolve(path), name)),
  );
  const test = counts.pop() ?? 0;
  return { train: counts.reduce((sum, count) => sum + count, 0), test };
}

/** Loads the binary version of CIFAR-10 (Krizhevsky, 2009): five training files and a test file. */
export async function loadCifar10(path: string, options: LoadOptions = {}): Promise<Dataset> {
  const root = resolve(path);
  const counts = await countCifar10(root);
  const total = counts.train + counts.test;
  let done = 0;
  const readPart = async (names: string[], count: number) => {
    const set = allocateImages(count, size, cifar10Classes.length);
    let at = 0;
    for (const name of names) {
      options.signal?.throwIfAborted();
      const records = unpackRecords(await readFile(join(root, name)), join(root, name), set, at);
      at += records;
      done += records;
      options.onProgress?.({ done, total, what: 'images loaded' });
    }
    return set;
  };
  const train = await readPart(cifar10TrainFiles, counts.train);
  const test = await readPart([cifar10TestFile], counts.test);
  return describeDataset(
    { kind: 'cifar10', classes: cifar10Classes, testPart: cifar10TestFile, rejected: [] },
    train,
    test,
  );
}

async function recordCount(root: string, name: string): Promise<number> {
  const path = join(root, name);
  const bytes = await fileBytes(path);
  if (bytes === 0 || bytes % recordBytes !== 0) {
    throw corrupt(`${path} has ${bytes} bytes, not a multiple of ${recordBytes}: it is incomplete`);
  }
  return bytes / recordBytes;
}

async function fileBytes(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    const code = systemErrorCode(error);
    if (code !== 'ENOENT' && code !== 'ENOTDIR' && code !== 'EACCES') throw error;
    throw datasetNotFound(`the CIFAR-10 file ${path} does not exist or may not be read`, error);
  }
}

/** Planar records to NHWC, from position `at` of the set on. Returns the number of records. */
function unpackRecords(file: Uint8Array, path: string, set: ImageSet, at: number): number {
  const records = file.length / recordBytes;
  for (let record = 0; record < records; record++) {
    const start = record * recordBytes;
    const label = file[start] as number;
    if (label >= cifar10Classes.length) {
      throw corrupt(`${path}: record ${record} has label ${label}, not 0 to 9`);
    }
    set.labels[at + record] = label;
    let to = (at + record) * imageBytes(size);
    for (let pixel = start + 1; pixel <= start + pixels; pixel++) {
      set.images[to++] = file[pixel] as number;
      set.images[to++] = file[pixel + pixels] as number;
      set.images[to++] = file[pixel + 2 * pixels] as number;
    }
  }
  return records;
}

function corrupt(message: string): DomainError {
  return new DomainError('DATASET_CORRUPT', message, { path: ['dataset', 'path'] });
}
