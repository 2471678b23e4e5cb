import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetSource } from '@blockwise/contracts';
import { readCacheFile, writeCacheFile } from './cache-file.ts';
import type { Dataset, LoadOptions } from './dataset.ts';
import { sourceFingerprint } from './fingerprint.ts';
import { systemErrorCode } from './not-found.ts';
import { loadDataset } from './source.ts';

export interface CacheOptions extends LoadOptions {
  /** Told when a stored copy is there but damaged; it is replaced. */
  readonly onRebuild?: (reason: string) => void;
}

/** A temporary file of this age was left by a process that was killed while writing. */
const abandonedAfterMilliseconds = 10 * 60_000;

/**
 * `loadDataset` through a folder of decoded copies, which several processes may use at once: a copy
 * appears under its name only when it is complete, and is verified in full when it is read.
 * The folder may be emptied at any time.
 *
 * @throws as `loadDataset`; a plain error of the operating system when the folder cannot be written
 */
export async function loadDatasetCached(
  source: DatasetSource,
  cacheFolder: string,
  options: CacheOptions = {},
): Promise<Dataset> {
  const key = await sourceFingerprint(source);
  const path = join(cacheFolder, `${key}.dataset`);
  const stored = await readCacheFile(path);
  if (stored.kind === 'found') return stored.dataset;
  if (stored.kind === 'damaged') options.onRebuild?.(`${path}: ${stored.reason}`);
  const dataset = await loadDataset(source, options);
  await store(path, cacheFolder, dataset);
  return dataset;
}

async function store(path: string, cacheFolder: string, dataset: Dataset): Promise<void> {
  await mkdir(cacheFolder, { recursive: true });
  await removeAbandoned(cacheFolder);
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeCacheFile(temporary, dataset);
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function removeAbandoned(cacheFolder: string): Promise<void> {
  const before = Date.now() - abandonedAfterMilliseconds;
  for (const name of await readdir(cacheFolder)) {
    if (!/\.dataset\..*\.tmp$/.test(name)) continue;
    const path = join(cacheFolder, name);
    const changed = await changedAt(path);
    if (changed !== undefined && changed < before) await rm(path, { force: true });
  }
}

async function changedAt(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    // Its writer finished and renamed it in the meantime.
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
