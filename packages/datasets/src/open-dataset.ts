import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { DatasetSource } from '@blockwise/contracts';
import sharp from 'sharp';
import { readCacheFile, writeCacheFile } from './cache-file.ts';
import { type Dataset, imageBytes, type LoadOptions, type OpenDataset } from './dataset.ts';
import { sourceFingerprint } from './fingerprint.ts';
import { folderHash } from './folder/folder-index.ts';
import { decodeFolder, describeFolder } from './folder/image-folder.ts';
import { type IndexOptions, indexPath, openFolderIndex } from './folder/open-index.ts';
import { fileCount } from './folder/part-files.ts';
import { streamFolder } from './folder/stream-folder.ts';
import { loadDataset } from './source.ts';
import { putWholeFile } from './whole-file.ts';

export interface OpenOptions extends LoadOptions, Pick<IndexOptions, 'check'> {
  /**
   * Decoded copies and indexes of folders are kept here. Several processes may use it at once: a
   * file appears under its name only when it is complete, and is verified in full when it is read.
   * It may be emptied at any time.
   */
  readonly cacheFolder: string;
  /** A folder whose images would take more memory, decoded, is read from its files. */
  readonly memoryBytes: number;
  /** Told when a stored copy or index is there but damaged; it is replaced. */
  readonly onRebuild?: (reason: string) => void;
}

type FolderSource = Extract<DatasetSource, { kind: 'imageFolder' }>;

/**
 * Opens a data set: its images decoded in memory, or, of a large folder, to be read from files.
 * Labels, order, hash and description are the same in both cases.
 *
 * @throws as `loadDataset`; a plain error of the operating system when the folder cannot be written
 */
export async function openDataset(
  source: DatasetSource,
  options: OpenOptions,
): Promise<OpenDataset> {
  options.signal?.throwIfAborted();
  if (source.kind === 'imageFolder') return await openFolder(source, options);
  const key = await sourceFingerprint(source);
  return await copied(key, options, () => loadDataset(source, options));
}

async function openFolder({ path, size }: FolderSource, options: OpenOptions) {
  const { index } = await openFolderIndex(path, options);
  const indexFile = indexPath(options.cacheFolder, path);
  const bytes = (fileCount(index.train) + fileCount(index.test)) * imageBytes(size);
  if (bytes > options.memoryBytes) {
    return await streamFolder(index, size, { ...options, indexFile });
  }
  // Pixels may differ in their last bit from one version of the decoder to another.
  const versions = JSON.stringify([folderHash(index, size), sharp.versions.vips]);
  const key = createHash('sha256').update(versions).digest('hex');
  const load = () => decodeFolder(index, size, { ...options, indexFile });
  const { info, ...parts } = await copied(key, options, load);
  // The part's name does not enter the hash: the copy may be one of images that lay elsewhere.
  return { info: { ...info, testPart: describeFolder(index, size, info).testPart }, ...parts };
}

/** The decoded copy under a key, made when there is none. */
async function copied(
  key: string,
  { cacheFolder, onRebuild }: OpenOptions,
  load: () => Promise<Dataset>,
): Promise<Dataset> {
  const path = join(cacheFolder, `${key}.dataset`);
  const stored = await readCacheFile(path);
  if (stored.kind === 'found') return stored.content;
  if (stored.kind === 'damaged') onRebuild?.(`${path}: ${stored.reason}`);
  const dataset = await load();
  await putWholeFile(path, (temporary) => writeCacheFile(temporary, dataset));
  return dataset;
}
