import { statfs } from 'node:fs/promises';
import type { Logger } from './log.ts';

/** What the operating system says when there is no room, or none for this user. */
const fullCodes = new Set(['ENOSPC', 'EDQUOT']);

/** Whether an error, or what caused it, says that a disk is full. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const isFull = 'code' in error && typeof error.code === 'string' && fullCodes.has(error.code);
  return isFull || isDiskFull(error.cause);
}

export interface DiskOptions {
  /** Where jobs leave files. */
  readonly folders: readonly string[];
  /** Jobs are taken again when there are so many free bytes, or a tenth of a small disk is free. */
  readonly roomBytes: number;
  readonly spaceOf?: (folder: string) => Promise<DiskSpace>;
  readonly log: Logger;
}

/** Of a folder's disk. */
export interface DiskSpace {
  readonly freeBytes: number;
  readonly sizeBytes: number;
}

const enoughOfDisk = 0.1;

/** Whether a trainer may take jobs: not from when it ran out of room until there is room again. */
export class FullDisk {
  readonly #options: DiskOptions;
  #isFull = false;

  constructor(options: DiskOptions) {
    this.#options = options;
  }

  get isFull(): boolean {
    return this.#isFull;
  }

  /** A job could not write a file. */
  ranOut(): void {
    if (!this.#isFull)
      this.#options.log.error('the disk is full; no job is taken until there is room');
    this.#isFull = true;
  }

  /** Whether there is room, as far as is known; looks when there was none. */
  async hasRoom(): Promise<boolean> {
    if (!this.#isFull) return true;
    const { folders, roomBytes, spaceOf = diskSpaceOf, log } = this.#options;
    const spaces = await Promise.all(folders.map(spaceOf));
    const hasRoom = spaces.every(
      ({ freeBytes, sizeBytes }) => freeBytes >= Math.min(roomBytes, sizeBytes * enoughOfDisk),
    );
    if (!hasRoom) return false;
    log.info(
      { freeBytes: spaces.map(({ freeBytes }) => freeBytes) },
      'there is room on the disk again',
    );
    this.#isFull = false;
    return true;
  }
}

/** A folder that nobody has made yet is no disk that is full. */
async function diskSpaceOf(folder: string): Promise<DiskSpace> {
  try {
    const { bavail, blocks, bsize } = await statfs(folder);
    return { freeBytes: bavail * bsize, sizeBytes: blocks * bsize };
  } catch (error) {
    const endless = Number.POSITIVE_INFINITY;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return { freeBytes: endless, sizeBytes: endless };
    }
    throw error;
  }
}
