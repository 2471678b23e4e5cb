import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type DatasetInfo, DomainError } from '@blockwise/contracts';
import {
  allocateImages,
  checkExtent,
  type Dataset,
  describeDataset,
  type ImageSet,
  imageBytes,
  type LoadOptions,
} from '../dataset.ts';
import { systemErrorCode } from '../not-found.ts';
import { type Decoded, decodeImage } from './decode.ts';
import { type ListedFile, listImageFolder } from './listing.ts';

type Rejected = DatasetInfo['rejected'][number];

/** More than this share of files that do not decode means that something is wrong with the data. */
const tolerated = 0.01;
/** Enough to see what the damaged files have in common, and few enough to be read. */
const namesShown = 100;

/**
 * Loads an image folder; see `listImageFolder` for its layout and `decodeImage` for what happens
 * to a picture. The order of images, and with it the hash, depends on names only.
 *
 * @throws DomainError DATASET_NOT_FOUND, DATASET_CORRUPT at `dataset.path`
 */
export async function loadImageFolder(
  source: { readonly path: string; readonly size: number },
  options: LoadOptions = {},
): Promise<Dataset> {
  const { root, classes, testPart, train, test } = await listImageFolder(source.path);
  const files = [...train, ...test];
  checkExtent(classes.length, files.length, source.size);
  let done = 0;
  const onFile = () => options.onProgress?.({ done: ++done, total: files.length });
  const decode = (part: ListedFile[]) =>
    decodePart(root, part, source.size, classes.length, onFile, options.signal);
  const trainPart = await decode(train);
  const testPartImages = await decode(test);
  const rejected = [...trainPart.rejected, ...testPartImages.rejected];
  refuseCorrupt(root, rejected, files.length);
  refuseEmptied(root, classes, 'train', trainPart.set);
  refuseEmptied(root, classes, testPart, testPartImages.set);
  const description = { kind: 'imageFolder', classes, testPart, rejected } as const;
  return describeDataset(description, trainPart.set, testPartImages.set);
}

async function decodePart(
  root: string,
  files: readonly ListedFile[],
  size: number,
  classCount: number,
  onFile: () => void,
  signal: AbortSignal | undefined,
): Promise<{ set: ImageSet; rejected: Rejected[] }> {
  const step = imageBytes(size);
  const all = allocateImages(files.length, size, classCount);
  const reasons = new Map<number, string>();
  let next = 0;
  // Each runner takes the next file and writes to that file's place: order never depends on timing.
  const runner = async () => {
    while (next < files.length) {
      signal?.throwIfAborted();
      const position = next++;
      const { file, label } = files[position] as ListedFile;
      const decoded = await decodeFile(join(root, file), size);
      if (decoded.kind === 'decoded') all.images.set(decoded.pixels, position * step);
      else reasons.set(position, decoded.reason);
      all.labels[position] = label;
      onFile();
    }
  };
  await Promise.all(Array.from({ length: 2 * availableParallelism() }, runner));
  const rejected = [...reasons.keys()]
    .sort((a, b) => a - b)
    .map((at) => ({ file: files[at]?.file ?? '', reason: reasons.get(at) ?? '' }));
  return { set: reasons.size === 0 ? all : without(all, reasons, classCount), rejected };
}

async function decodeFile(path: string, size: number): Promise<Decoded> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === undefined) throw error;
    return { kind: 'rejected', reason: `the file cannot be read (${code})` };
  }
  return decodeImage(bytes, size);
}

function without(all: ImageSet, positions: ReadonlyMap<number, string>, classes: number): ImageSet {
  const step = imageBytes(all.size);
  const kept = allocateImages(all.count - positions.size, all.size, classes);
  let to = 0;
  for (let from = 0; from < all.count; from++) {
    if (positions.has(from)) continue;
    kept.images.set(all.images.subarray(from * step, (from + 1) * step), to * step);
    kept.labels[to++] = all.labels[from] as number;
  }
  return kept;
}

function refuseCorrupt(root: string, rejected: readonly Rejected[], total: number): void {
  if (rejected.length <= total * tolerated) return;
  const named = rejected.slice(0, namesShown).map(({ file, reason }) => `${file} (${reason})`);
  const more = rejected.length > namesShown ? ` and ${rejected.length - namesShown} more` : '';
  throw corrupt(
    `${rejected.length} of ${total} files in ${root} do not decode, more than 1 %: ${named.join(', ')}${more}`,
  );
}

function refuseEmptied(root: string, classes: string[], part: string, set: ImageSet): void {
  const present = new Set(set.labels);
  const empty = classes.filter((_, label) => !present.has(label));
  if (empty.length === 0) return;
  throw corrupt(`no file decodes in ${part}/ of ${root} for: ${empty.join(', ')}`);
}

function corrupt(message: string): DomainError {
  return new DomainError('DATASET_CORRUPT', message, { path: ['dataset', 'path'] });
}
