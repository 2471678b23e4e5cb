import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { checkClassCount, type LoadOptions } from '../dataset.ts';
import { eachAtOnce } from '../each-at-once.ts';
import type { FolderIndex } from './folder-index.ts';
import { readIndexFile, writeIndexFile } from './index-file.ts';
import { type FolderLayout, folderLayout } from './listing.ts';
import { folderTime } from './look-at-class.ts';
import { lookAtFolder } from './look-at-folder.ts';
import { fileCount } from './part-files.ts';

export interface IndexOptions extends LoadOptions {
  /** Where indexes are kept; null: the folder is looked at as if for the first time. */
  readonly cacheFolder: string | null;
  /**
   * What is held against a stored index. `folders`: names of the class folders and their times of
   * change, so that files which came, went or were renamed are found, within seconds for millions.
   * `files`: size and time of change of every file too. `auto`: `files` up to 100,000 of them.
   */
  readonly check?: 'auto' | 'files' | 'folders';
  /** Told when a stored index is there but damaged; it is replaced. */
  readonly onRebuild?: (reason: string) => void;
}

/** An index, and whether it had to be made or mended. */
export interface OpenedIndex {
  readonly index: FolderIndex;
  readonly changed: boolean;
}

/** Up to so many files, looking at each takes about a second. */
const alwaysCheckedFiles = 100_000;
/** Class folders asked for their time at once. */
const statsAtOnce = 64;
/**
 * What changed shortly before a look may have changed again right after it, within the resolution
 * of the file system's clock: it is looked at again the next time.
 */
const settledMilliseconds = 2000;

/** Where the index of a folder is kept. */
export function indexPath(cacheFolder: string, path: string): string {
  const key = createHash('sha256').update(resolve(path)).digest('hex');
  return join(cacheFolder, `${key}.files`);
}

/**
 * The index of an image folder: the first time every file is read once, later only what changed.
 *
 * @throws DomainError DATASET_NOT_FOUND at `dataset.path` when the layout is not there; the
 *   signal's reason when aborted
 */
export async function openFolderIndex(path: string, options: IndexOptions): Promise<OpenedIndex> {
  const { check = 'auto' } = options;
  const lookedAt = Date.now();
  const layout = await folderLayout(path);
  checkClassCount(layout.classes.length);
  const file = options.cacheFolder === null ? null : indexPath(options.cacheFolder, path);
  const stored = file === null ? null : await storedIndex(file, layout, options);
  const known = stored === null ? 0 : fileCount(stored.train) + fileCount(stored.test);
  const everyFile = check === 'files' || (check === 'auto' && known <= alwaysCheckedFiles);
  if (stored !== null && !everyFile && (await hasSameFolders(stored, layout))) {
    return { index: stored, changed: false };
  }
  const { index, changed, unsettled } = await lookAtFolder(layout, stored, {
    ...options,
    lookedAt,
    everyFile,
    settledBefore: (stored?.lookedAt ?? 0) - settledMilliseconds,
  });
  if (file !== null && (changed || unsettled)) await writeIndexFile(file, index);
  return { index, changed };
}

/** The stored index, if it is one of the same folder and parts. Classes may differ. */
async function storedIndex(
  file: string,
  { root, testPart }: FolderLayout,
  { onRebuild }: IndexOptions,
): Promise<FolderIndex | null> {
  const read = await readIndexFile(file);
  if (read.kind === 'damaged') onRebuild?.(`${file}: ${read.reason}`);
  if (read.kind !== 'found') return null;
  const { content } = read;
  return content.root === root && content.test.part === testPart ? content : null;
}

/** Whether the class folders are those of the index, and none of them has changed. */
async function hasSameFolders(stored: FolderIndex, layout: FolderLayout): Promise<boolean> {
  const { root, classes, testPart } = layout;
  if (classes.join('/') !== stored.classes.join('/')) return false;
  const settledBefore = stored.lookedAt - settledMilliseconds;
  let isSame = true;
  await eachAtOnce(2 * classes.length, statsAtOnce, async (i) => {
    const part = i < classes.length ? 'train' : testPart;
    const time = await folderTime(join(root, part, classes[i % classes.length] as string));
    if (time !== stored.folderTimes[i] || time >= settledBefore) isSame = false;
  });
  return isSame;
}
