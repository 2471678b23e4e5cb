import { statfs } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { WrongNow } from '@blockwise/db';

/** Shares of a disk: less free than the first is told, more than the second is right again. */
const lowShare = 0.1;
const rightShare = 0.15;

/** The disk of this machine's artifacts, when less than a tenth of it is free. */
export async function lowDisk(folder: string): Promise<WrongNow> {
  const { bavail, bsize, blocks } = await statfs(folder);
  const share = blocks === 0 ? 1 : bavail / blocks;
  const event = 'DISK_LOW';
  const host = hostname();
  const told = {
    ...({ event, state: 'BEGAN', host } as const),
    ...{ freeBytes: bavail * bsize, sizeBytes: blocks * bsize },
  };
  return {
    event,
    wrong: share < lowShare ? [{ subject: host, teamId: null, told }] : [],
    // Another machine's disk is that machine's to tell of.
    lasts: (subject) => subject !== host || share < rightShare,
  };
}
