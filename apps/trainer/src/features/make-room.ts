import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { namesIn } from './missing.ts';

/** Of a file that is complete. */
export const markerSuffix = '.json';
/** Before the name of a folder with the windows of one process. */
export const windowsPrefix = 'windows-';

interface Stored {
  readonly name: string;
  readonly bytes: number;
  readonly usedAt: number;
}

export interface Budget {
  readonly budgetBytes: number;
  readonly wantedBytes: number;
  /** A folder of windows that the budget leaves out. */
  readonly besides: string;
}

/**
 * Deletes feature files that nobody uses and windows of processes that are gone, the least recently
 * used first, until so many bytes more fit the budget.
 *
 * @param kept names that are in use, with the bytes planned for them: they count even while less is there
 * @returns what is left of the budget for more; may be below what was wanted, and below zero
 */
export async function makeRoom(
  root: string,
  { budgetBytes, wantedBytes, besides }: Budget,
  kept: ReadonlyMap<string, number>,
): Promise<number> {
  const all = (await stored(root)).filter(({ name }) => name !== besides);
  const sizes = new Map(kept);
  for (const { name, bytes } of all) sizes.set(name, Math.max(bytes, kept.get(name) ?? 0));
  let left = budgetBytes - [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
  const unused = all.filter(({ name }) => !kept.has(name));
  for (const { name, bytes } of unused.sort((a, b) => a.usedAt - b.usedAt)) {
    if (left >= wantedBytes) break;
    // The marker first: a file without one is completed anew.
    await rm(path.join(root, name + markerSuffix), { force: true });
    await rm(path.join(root, name), { recursive: true, force: true });
    left += bytes;
  }
  return left;
}

/** Feature files, named by a SHA-256, and folders of windows. */
async function stored(root: string): Promise<Stored[]> {
  const names = await namesIn(root);
  const found = await Promise.all(
    names
      .filter((name) => /^[0-9a-f]{64}$/.test(name) || name.startsWith(windowsPrefix))
      .map(async (name): Promise<Stored[]> => {
        // Another process may have deleted it.
        const info = await stat(path.join(root, name)).catch(() => null);
        if (info === null) return [];
        const bytes = info.isDirectory() ? await folderBytes(path.join(root, name)) : info.size;
        return [{ name, bytes, usedAt: info.mtimeMs }];
      }),
  );
  return found.flat();
}

/** Of all files in it, at any depth; what goes meanwhile counts nothing. */
async function folderBytes(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async ({ parentPath, name }) => {
        const info = await stat(path.join(parentPath, name)).catch(() => null);
        return info?.size ?? 0;
      }),
  );
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}
