import type { StreamedSet } from '../dataset.ts';
import { noneDecodes, tooManyBroken } from './corrupt.ts';
import { fileAt } from './part-files.ts';
import { readImage } from './read-image.ts';
import { recordBroken } from './rejected-record.ts';

/**
 * The pixels at a position of a set that is read from its files, [size, size, 3]; see `readImage`.
 *
 * @throws DomainError DATASET_CORRUPT at `dataset.path` as soon as more than 1 % of all files were
 *   found broken, or a class has none that decodes
 */
export async function readStreamed(set: StreamedSet, position: number): Promise<Uint8Array> {
  const { files, labels } = set;
  const pixels = await readImage(set, position, async (broken, reason) => {
    await recordBroken(files, broken, labels[broken] as number, reason);
  });
  const { tolerance, root } = files;
  const found = Atomics.load(tolerance.found, 0);
  if (found > tolerance.most) {
    throw tooManyBroken(root, brokenFiles(set), tolerance.total, found);
  }
  if (pixels !== null) return pixels;
  const name = files.files.classes[labels[position] as number] as string;
  throw noneDecodes(root, files.files.part, [name]);
}

/** Those of this part that were found so far. */
function brokenFiles({ files, labels }: StreamedSet) {
  const found: { file: string; reason: string }[] = [];
  for (let at = files.broken.indexOf(1); at !== -1; at = files.broken.indexOf(1, at + 1)) {
    const file = fileAt(files.files, at, labels[at] as number);
    found.push({ file, reason: 'does not decode' });
  }
  return found;
}
