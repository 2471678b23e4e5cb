import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { eachAtOnce } from '../each-at-once.ts';
import { isLastingFault, systemErrorCode } from '../not-found.ts';
import { imageNames } from './listing.ts';
import { digestBytes, type IndexedFile } from './part-files.ts';

/** What an earlier look found in a class folder. */
export interface KnownClass {
  readonly files: readonly IndexedFile[];
  /** The folder's time of change, milliseconds. */
  readonly time: number;
}

export interface LookedAtClass extends KnownClass {
  /** Whether anything differs from what was known. */
  readonly changed: boolean;
  /** Whether it may have changed after the earlier look without a trace: the next look must not rely on this one. */
  readonly unsettled: boolean;
}

export interface LookOptions {
  /** Null: nothing is known. */
  readonly known: KnownClass | null;
  /** What changed after this time is not taken for known; milliseconds. */
  readonly settledBefore: number;
  /** Ask every file for size and time of change, though the folder has not changed. */
  readonly everyFile: boolean;
  readonly signal: AbortSignal | undefined;
}

/** Files of one folder that are asked for or read at once. */
const filesAtOnce = 16;

/** A folder's time of change, milliseconds: another one when files came, went or were renamed. */
export async function folderTime(folder: string): Promise<number> {
  return (await stat(folder)).mtimeMs;
}

/** Looks at a class folder and reads the files that are not known. */
export async function lookAtClass(folder: string, options: LookOptions): Promise<LookedAtClass> {
  const { known, settledBefore, everyFile, signal } = options;
  const time = await folderTime(folder);
  const unsettled = time >= settledBefore;
  if (known !== null && known.time === time && !unsettled && !everyFile) {
    return { ...known, changed: false, unsettled };
  }
  const names = await imageNames(folder);
  const former = new Map(known?.files.map((file) => [file.name, file]));
  const files: IndexedFile[] = new Array(names.length);
  let changed = known === null || known.time !== time || names.length !== known.files.length;
  let unsettledFiles = 0;
  await eachAtOnce(
    names.length,
    filesAtOnce,
    async (i) => {
      const name = names[i] as string;
      const before = former.get(name);
      const file = await lookAtFile(folder, name, before, settledBefore);
      files[i] = file;
      if (file.time >= settledBefore) unsettledFiles += 1;
      if (!before || !isSame(file, before)) changed = true;
    },
    signal,
  );
  return { files, time, changed, unsettled: unsettled || unsettledFiles > 0 };
}

async function lookAtFile(
  folder: string,
  name: string,
  before: IndexedFile | undefined,
  settledBefore: number,
): Promise<IndexedFile> {
  const path = join(folder, name);
  try {
    const { size, mtimeMs: time } = await stat(path);
    if (before?.size === size && before.time === time && time < settledBefore) return before;
    return { name, size, time, digest: digestOf(await readFile(path)) };
  } catch (error) {
    // A dangling link, or a file that may not be read. It is named when it is to be decoded.
    if (!isLastingFault(systemErrorCode(error))) throw error;
    return { name, size: -1, time: 0, digest: new Uint8Array(digestBytes) };
  }
}

/** The first half of a content's SHA-256. */
export function digestOf(content: Uint8Array): Uint8Array {
  return createHash('sha256').update(content).digest().subarray(0, digestBytes);
}

function isSame(a: IndexedFile, b: IndexedFile): boolean {
  return a.size === b.size && a.time === b.time && Buffer.compare(a.digest, b.digest) === 0;
}
