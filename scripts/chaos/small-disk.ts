import { execFile } from 'node:child_process';
import { mkdir, rm, statfs, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const megabytes = 64;

/** A folder on a disk of its own, small enough to be filled. */
export interface SmallDisk {
  /** Leaves no room on it. */
  fill(): Promise<void>;
  /** Makes room again. */
  free(): Promise<void>;
  remove(): Promise<void>;
}

/** Null where this user may not mount: root on Linux may. */
export async function mountSmallDisk(folder: string): Promise<SmallDisk | null> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  await mkdir(folder, { recursive: true });
  const options = ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'blockwise-chaos', folder];
  try {
    await run('mount', options);
  } catch {
    // A container without the right to.
    return null;
  }
  const filler = path.join(folder, 'filler');
  return {
    async fill() {
      const { bavail, bsize } = await statfs(folder);
      await writeFile(filler, new Uint8Array(bavail * bsize)).catch(ofNoRoom);
    },
    async free() {
      await truncate(filler).catch(ofNothing);
      await rm(filler, { force: true });
    },
    async remove() {
      await run('umount', ['-l', folder]);
    },
  };
}

function ofNoRoom(error: NodeJS.ErrnoException): void {
  // Somebody else took the last of it: full it is.
  if (error.code !== 'ENOSPC') throw error;
}

function ofNothing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
