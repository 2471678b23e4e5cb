import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { FeatureLeases, leaseFolder } from './feature-leases.ts';
import { markerSuffix, windowsPrefix } from './make-room.ts';
import { namesIn } from './missing.ts';

const dayMilliseconds = 24 * 60 * 60 * 1000;
/** A file's time is that of its last use; see `FeatureSets`. */
const keptDays = 3;
/** Of windows that no lease names: their process may be about to write one. */
const keptMinutes = 5;

/**
 * Deletes features that nobody used for three days, half-made ones among them, and windows whose
 * process is gone: gigabytes that a later search of the same teacher computes again in minutes.
 */
export async function removeUnusedFeatures(root: string): Promise<void> {
  const used = await new FeatureLeases(root).all();
  for (const folder of [root, path.join(root, leaseFolder)]) {
    for (const name of await namesIn(folder)) {
      // A marker is as old as what it is of; the folder of leases is everybody's.
      if (name === leaseFolder || used.has(bare(name))) continue;
      if (await isOld(folder, bare(name)))
        await rm(path.join(folder, name), { recursive: true, force: true });
    }
  }
}

function bare(name: string): string {
  const isMarker = name.length === 64 + markerSuffix.length && name.endsWith(markerSuffix);
  return isMarker ? name.slice(0, 64) : name;
}

/** Or gone: another trainer that starts at this moment may have deleted it. */
async function isOld(folder: string, name: string): Promise<boolean> {
  const found = await stat(path.join(folder, name)).catch(() => null);
  const isWindows = name.startsWith(windowsPrefix);
  const kept = isWindows ? keptMinutes * 60 * 1000 : keptDays * dayMilliseconds;
  return found === null || Date.now() - found.mtimeMs > kept;
}
