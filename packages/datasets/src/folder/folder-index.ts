import { createHash } from 'node:crypto';
import { bytesOf } from '../block-file.ts';
import { decodingVersion } from './decode.ts';
import { fileCount, type PartFiles } from './part-files.ts';

/** What lies in an image folder, down to the content of every file. */
export interface FolderIndex {
  /** Absolute path of the data folder. */
  readonly root: string;
  /** Names of the class folders, sorted by code units. */
  readonly classes: string[];
  readonly train: PartFiles;
  readonly test: PartFiles;
  /** [2, classes] times of change of the class folders of `train` and `test`, milliseconds. */
  readonly folderTimes: Float64Array;
  /** When the look began that found all this, milliseconds since the Unix epoch. */
  readonly lookedAt: number;
}

/**
 * SHA-256, hex, of the class list, of every file's content in its order, and of what decoding makes
 * of it: image size and the decoder's revision. File names, times and the folder's place do not
 * enter. It is the same whether images are kept in memory or read from their files.
 */
export function folderHash({ classes, train, test }: FolderIndex, size: number): string {
  const hash = createHash('sha256');
  const head = { format: 'files 1', size, decodingVersion, classes };
  hash.update(`${JSON.stringify(head)}\n`);
  for (const part of [train, test]) {
    hash.update(`${fileCount(part)}\n`);
    hash.update(bytesOf(part.classStarts));
    hash.update(part.digests);
  }
  return hash.digest('hex');
}
