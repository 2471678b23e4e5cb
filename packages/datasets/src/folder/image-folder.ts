import { availableParallelism } from 'node:os';
import type { DatasetInfo } from '@blockwise/contracts';
import type { ImageSet, LoadOptions, OpenDataset, StreamedSet } from '../dataset.ts';
import { allocateImages, allocateLabels, type Dataset, imageBytes } from '../dataset.ts';
import { eachAtOnce } from '../each-at-once.ts';
import { measuredPositions, ValueCounts } from '../statistics.ts';
import { noneDecodes, tooManyBroken } from './corrupt.ts';
import { type FolderIndex, folderHash } from './folder-index.ts';
import { classRange, fileAt, fileCount, type PartFiles } from './part-files.ts';
import { readImage } from './read-image.ts';
import { type StreamedFiles, toleranceOf } from './streamed-files.ts';

type Rejected = DatasetInfo['rejected'][number];

/** Files being read or decoded at once. */
export const decodesAtOnce = 2 * availableParallelism();

/**
 * The images of a folder, to be decoded when they are used. Nothing is known yet of broken files.
 *
 * @param place where broken files are recorded and where the index lies
 */
export function streamedParts(
  index: FolderIndex,
  size: number,
  place: Pick<StreamedFiles, 'recordFile' | 'indexFile'>,
): { train: StreamedSet; test: StreamedSet } {
  const tolerance = toleranceOf(fileCount(index.train) + fileCount(index.test));
  const set = (part: PartFiles): StreamedSet => {
    const count = fileCount(part);
    const broken = new Uint8Array(new SharedArrayBuffer(count));
    return {
      ...{ count, size, labels: labelsOf(part) },
      files: { root: index.root, files: part, broken, tolerance, ...place },
    };
  };
  return { train: set(index.train), test: set(index.test) };
}

/**
 * Decodes a whole folder into memory. The order of images depends on names only; a file that does
 * not decode is stood in for as `readImage` says, and named in the description.
 *
 * @throws DomainError DATASET_CORRUPT at `dataset.path`
 */
export async function decodeFolder(
  index: FolderIndex,
  size: number,
  options: LoadOptions & { readonly indexFile?: string },
): Promise<Dataset> {
  const { onProgress, signal, indexFile = null } = options;
  const parts = streamedParts(index, size, { recordFile: null, indexFile });
  const total = parts.train.count + parts.test.count;
  let done = 0;
  const onFile = () => onProgress?.({ done: ++done, total, what: 'images loaded' });
  const classCount = index.classes.length;
  const train = await decodePart(parts.train, classCount, onFile, signal);
  const test = await decodePart(parts.test, classCount, onFile, signal);
  const rejected = [...train.rejected, ...test.rejected];
  const { tolerance } = parts.train.files;
  if (rejected.length > tolerance.most) throw tooManyBroken(index.root, rejected, total);
  for (const { emptied, part } of [train, test]) {
    if (emptied.length > 0) throw noneDecodes(index.root, part, emptied);
  }
  const step = imageBytes(size);
  const counts = new ValueCounts();
  for (const position of measuredPositions(train.set.count)) {
    counts.add(train.set.images.subarray(position * step, (position + 1) * step));
  }
  const info = describeFolder(index, size, { ...counts.statistics(), rejected });
  return { info, train: train.set, test: test.set };
}

/** What is recorded of a folder's images. */
export function describeFolder(
  index: FolderIndex,
  size: number,
  found: Pick<DatasetInfo, 'mean' | 'std' | 'rejected'>,
): OpenDataset['info'] {
  return {
    kind: 'imageFolder',
    hash: folderHash(index, size),
    classes: index.classes,
    size,
    trainCount: fileCount(index.train),
    testCount: fileCount(index.test),
    testPart: index.test.part as DatasetInfo['testPart'],
    ...found,
  };
}

async function decodePart(
  part: StreamedSet,
  classCount: number,
  onFile: () => void,
  signal: AbortSignal | undefined,
): Promise<{ set: ImageSet; rejected: Rejected[]; emptied: string[]; part: string }> {
  const { files } = part.files;
  const { images } = allocateImages(part.count, part.size, classCount);
  const reasons = new Map<number, string>();
  const emptied = new Set<number>();
  await eachAtOnce(
    part.count,
    decodesAtOnce,
    async (position) => {
      const pixels = await readImage(part, position, (at, reason) => {
        reasons.set(at, reason);
      });
      // Each writes to its own place: order never depends on timing.
      if (pixels) images.set(pixels, position * imageBytes(part.size));
      else emptied.add(part.labels[position] as number);
      onFile();
    },
    signal,
  );
  const rejected = [...reasons.keys()]
    .sort((a, b) => a - b)
    .map((at) => ({
      file: fileAt(files, at, part.labels[at] as number),
      reason: reasons.get(at) as string,
    }));
  const { count, size, labels } = part;
  return {
    set: { count, size, labels, images },
    rejected,
    emptied: [...emptied].sort((a, b) => a - b).map((label) => files.classes[label] as string),
    part: files.part,
  };
}

function labelsOf(part: PartFiles): Uint8Array | Uint16Array {
  const labels = allocateLabels(fileCount(part), part.classes.length);
  for (let label = 0; label < part.classes.length; label++) {
    labels.fill(label, ...classRange(part, label));
  }
  return labels;
}
