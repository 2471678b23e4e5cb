import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';

const dayMilliseconds = 24 * 60 * 60 * 1000;
/** A folder's time is that of its last use; see `FeatureSets`. */
const keptDays = 3;

/**
 * Deletes feature folders that nobody used for three days, half-made ones of lost processes among
 * them: gigabytes that a later search of the same teacher computes again in minutes.
 */
export async function removeUnusedFeatures(root: string): Promise<void> {
  const names = await readdir(root).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for (const name of names) {
    const folder = path.join(root, name);
    // Another trainer that starts at this moment may have deleted it.
    const found = await stat(folder).catch(() => null);
    if (found && Date.now() - found.mtimeMs > keptDays * dayMilliseconds) {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
