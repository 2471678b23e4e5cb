import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { StreamedSet } from '../dataset.ts';
import { freeAtOnce } from '../free-at-once.ts';
import { isLastingFault, systemErrorCode } from '../not-found.ts';
import { corruptDataset } from './corrupt.ts';
import { type Decoded, decodeImage } from './decode.ts';
import { digestOf } from './look-at-class.ts';
import { classRange, digestAt, fileAt } from './part-files.ts';
import { markBroken, type StreamedFiles } from './streamed-files.ts';

/** Hears of a broken file, once for all threads. */
export type OnBroken = (position: number, reason: string) => void | Promise<void>;

/**
 * The pixels at a position, [size, size, 3]. A file that does not decode is stood in for by the
 * next one of its class that does (after the last comes the first), always the same one whoever
 * reads. Null when the class has none.
 *
 * @throws DomainError DATASET_CORRUPT when a file is not the one that was indexed; the system's error
 *   when reading failed for a reason that may pass
 */
export async function readImage(
  set: StreamedSet,
  position: number,
  onBroken: OnBroken,
): Promise<Uint8Array | null> {
  const { files, labels, size } = set;
  const label = labels[position] as number;
  const [first, end] = classRange(files.files, label);
  for (let i = 0; i < end - first; i++) {
    const taken = first + ((position - first + i) % (end - first));
    if (files.broken[taken] === 1) continue;
    const decoded = await decodeIndexed(files, taken, label, size);
    if (decoded.kind === 'decoded') return decoded.pixels;
    if (markBroken(files, taken)) await onBroken(taken, decoded.reason);
  }
  return null;
}

async function decodeIndexed(
  files: StreamedFiles,
  position: number,
  label: number,
  size: number,
): Promise<Decoded> {
  const name = fileAt(files.files, position, label);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(join(files.root, name));
  } catch (error) {
    const code = systemErrorCode(error);
    if (!isLastingFault(code)) throw error;
    // A file that could be read when it was indexed and is gone now: another data set.
    if (code === 'ENOENT' && files.files.sizes[position] !== -1) throw await changed(files, name);
    return { kind: 'rejected', reason: `the file cannot be read (${code})` };
  }
  if (Buffer.compare(digestOf(bytes), digestAt(files.files, position)) !== 0) {
    throw await changed(files, name);
  }
  const decoded = await decodeImage(bytes, size);
  freeAtOnce(bytes);
  return decoded;
}

/** The stored index is removed: the next look reads every file. */
async function changed({ root, indexFile }: StreamedFiles, name: string) {
  if (indexFile !== null) await rm(indexFile, { force: true });
  return corruptDataset(`${name} in ${root} has changed since the folder was indexed`);
}
