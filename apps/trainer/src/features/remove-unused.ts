import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { leaseFolder } from './feature-leases.ts';
import { markerSuffix } from './make-room.ts';

const dayMilliseconds = 24 * 60 * 60 * 1000;
/** A file's time is that of its last use; see `FeatureSets`. */
const keptDays = 3;

/**
 * Deletes features that nobody used for three days, half-made ones and windows of lost processes
 * among them: gigabytes that a later search of the same teacher computes again in minutes.
 */
export async function removeUnusedFeatures(root: string): Promise<void> {
  for (const folder of [root, path.join(root, leaseFolder)]) {
    const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    for (const name of names) {
      // A marker is as old as what it is of; the folder of leases is everybody's.
      const isKept = name === leaseFolder || !(await isOld(path.join(folder, bare(name))));
      if (!isKept) await rm(path.join(folder, name), { recursive: true, force: true });
    }
  }
}

function bare(name: string): string {
  const isMarker = name.length === 64 + markerSuffix.length && name.endsWith(markerSuffix);
  return isMarker ? name.slice(0, 64) : name;
}

/** Or gone: another trainer that starts at this moment may have deleted it. */
async function isOld(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => null);
  return found === null || Date.now() - found.mtimeMs > keptDays * dayMilliseconds;
}
