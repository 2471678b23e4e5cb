import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/** Of a file that is complete. */
export const markerSuffix = '.json';

interface StoredFile {
  readonly name: string;
  readonly bytes: number;
  readonly usedAt: number;
}

/**
 * Deletes feature files that nobody uses, the least recently used first, until so many bytes more fit
 * the budget.
 *
 * @param kept names of files that are in use or about to be
 * @returns what is left of the budget for more, without the kept files; may be below what was wanted
 */
export async function makeRoom(
  root: string,
  { budgetBytes, wantedBytes }: { budgetBytes: number; wantedBytes: number },
  kept: ReadonlySet<string>,
): Promise<number> {
  const files = await storedFiles(root);
  let left = budgetBytes - files.reduce((sum, { bytes }) => sum + bytes, 0);
  const unused = files.filter(({ name }) => !kept.has(name));
  for (const { name, bytes } of unused.sort((a, b) => a.usedAt - b.usedAt)) {
    if (left >= wantedBytes) break;
    // The marker first: a file without one is completed anew.
    await rm(path.join(root, name + markerSuffix), { force: true });
    await rm(path.join(root, name), { force: true });
    left += bytes;
  }
  return left;
}

/** Feature files are named by a SHA-256; windows and leases are folders. */
async function storedFiles(root: string): Promise<StoredFile[]> {
  const names = await readdir(root).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const found = await Promise.all(
    names
      .filter((name) => /^[0-9a-f]{64}$/.test(name))
      .map(async (name): Promise<StoredFile[]> => {
        // Another process may have deleted it.
        const info = await stat(path.join(root, name)).catch(() => null);
        return info ? [{ name, bytes: info.size, usedAt: info.mtimeMs }] : [];
      }),
  );
  return found.flat();
}
