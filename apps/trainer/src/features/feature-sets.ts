import { randomUUID } from 'node:crypto';
import { readFile, rename, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FeatureType } from '@blockwise/contracts';
import { z } from 'zod';
import type { FeatureChunkResult } from '../compute/tasks/feature-chunk.ts';
import { Doorbell } from '../doorbell.ts';
import { fileLength } from './feature-files.ts';
import { FeatureLeases } from './feature-leases.ts';
import type { FeatureChunk, FeatureSetPlan } from './feature-plan.ts';
import type { StoredSource } from './feature-source.ts';
import type { FeatureWindows } from './feature-windows.ts';
import { makeRoom, markerSuffix } from './make-room.ts';
import { isMissing } from './missing.ts';

/**
 * A thread's part in the work: writes a chunk into the files of its group, of cut 1 first; null where
 * a file is complete. Rows that are there and sound stay.
 */
export type ComputeChunk = (
  chunk: FeatureChunk,
  files: readonly (string | null)[],
) => Promise<FeatureChunkResult>;

/** Told how many rows are done, its own slot's and others'; a rejection ends the slot's part. */
export type ReportProgress = (doneRows: number) => Promise<void>;

/** Features that are complete, and stay while they are used. */
export interface FeatureSet {
  readonly source: StoredSource;
  /** Lets others have the room. */
  release(): Promise<void>;
}

/** Beside a complete file. */
const marker = z.object({ bytes: z.number(), secondsPerRow: z.number().nullable() });

/**
 * The teacher features that the trainers of a folder keep on disk, a file for each group of images and
 * cut point, which serve every search that needs them. Where the budget has no room, files go that
 * nobody uses, the least recently used first. All slots that want a set work on its chunks together,
 * so nothing is computed twice and nobody waits while there is something to do. Whether a row is
 * sound is seen when it is read. A file's time is its last use.
 */
export class FeatureSets {
  readonly #root: string;
  readonly #budgetBytes: number;
  readonly #builds = new Map<string, Build>();
  readonly #leases: FeatureLeases;
  readonly #windows: FeatureWindows;
  #areWindowsLeased = false;

  /** @param windows of this process, in the same folder */
  constructor(root: string, budgetBytes: number, windows: FeatureWindows) {
    this.#root = root;
    this.#budgetBytes = budgetBytes;
    this.#windows = windows;
    this.#leases = new FeatureLeases(root);
  }

  /** Where the files are. */
  get root(): string {
    return this.#root;
  }

  /** For features of all searches. */
  get budgetBytes(): number {
    return this.#budgetBytes;
  }

  /** Makes room for windows of so many bytes, and says how many this process's may have together. */
  async room(wantedBytes: number): Promise<number> {
    if (!this.#areWindowsLeased) {
      await this.#leases.take(new Map([[this.#windows.name, 0]]));
      this.#areWindowsLeased = true;
    }
    const left = await this.#makeRoom(this.#budgetBytes, wantedBytes);
    return Math.max(0, Math.min(left, wantedBytes));
  }

  /**
   * Takes part in completing a set until it is complete. A slot whose chunk or progress is
   * rejected leaves; what it did not do stays for the others.
   *
   * @returns null when what is in use leaves no room
   * @throws as `compute` and `onProgress`; a plain error when the folder cannot be used
   */
  async complete(
    plan: FeatureSetPlan,
    dtype: FeatureType,
    compute: ComputeChunk,
    onProgress: ReportProgress,
  ): Promise<FeatureSet | null> {
    const planned = plan.groups.flatMap(({ files, bytes }) =>
      files.map((name, i) => [name, bytes[i] ?? 0] as const),
    );
    const release = await this.#leases.take(new Map(planned));
    try {
      // Its own files count from now on, for everybody.
      const left = await this.#makeRoom(this.#budgetBytes - this.#windows.bytes, 0);
      const before = this.#windows.bytes;
      if (left < 0) this.#windows.free(-left);
      if (left + before - this.#windows.bytes < 0) {
        await release();
        return null;
      }
      const earlier = this.#builds.get(plan.key);
      const isUnusable = (await earlier?.isUnusable()) ?? true;
      // Another slot may have put a new one in its place meanwhile.
      if (isUnusable && this.#builds.get(plan.key) === earlier) {
        this.#builds.set(plan.key, new Build(this.#root, plan));
      }
      const build = this.#builds.get(plan.key);
      if (!build) throw new Error('a set that was begun is gone');
      const secondsPerRow = await build.join(compute, onProgress);
      const groups = plan.groups.map(({ group, files }) => ({ group, files }));
      const source = { kind: 'stored', folder: this.#root, groups, dtype, secondsPerRow } as const;
      return { source, release };
    } catch (error) {
      await release();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#leases.close();
  }

  async #makeRoom(budgetBytes: number, wantedBytes: number): Promise<number> {
    const kept = await this.#leases.all();
    const budget = { budgetBytes, wantedBytes, besides: this.#windows.name };
    return await makeRoom(this.#root, budget, kept);
  }
}

class Build {
  #broken = false;
  readonly #root: string;
  readonly #plan: FeatureSetPlan;
  /** Files that were complete before, and what a row of them took. */
  readonly #opened: Promise<ReadonlyMap<string, number | null>>;
  readonly #pending: FeatureChunk[];
  readonly #changed = new Doorbell();
  #doneRows = 0;
  #computedRows = 0;
  #seconds = 0;
  #closing: Promise<number | null> | null = null;

  constructor(root: string, plan: FeatureSetPlan) {
    this.#root = root;
    this.#plan = plan;
    this.#pending = [...plan.chunks];
    this.#opened = completeFiles(root, plan);
    this.#opened.catch(() => {
      this.#broken = true;
    });
  }

  /** It failed outside a chunk, or a file was deleted or cut since it was complete. */
  async isUnusable(): Promise<boolean> {
    if (this.#broken) return true;
    if (this.#closing === null) return false;
    await this.#closing.catch(() => undefined);
    const names = this.#plan.groups.flatMap(({ files }) => files);
    return this.#broken || (await completeFiles(this.#root, this.#plan)).size < names.length;
  }

  /** @returns what a row takes to compute; null when nobody measured it */
  async join(compute: ComputeChunk, onProgress: ReportProgress): Promise<number | null> {
    const complete = await this.#opened;
    while (this.#doneRows < this.#plan.rows) {
      const rings = this.#changed.rings;
      const chunk = this.#pending.shift();
      if (chunk) await this.#work(chunk, complete, compute);
      else await this.#changed.wait(rings);
      await onProgress(this.#doneRows);
    }
    this.#closing ??= this.#close(complete);
    const secondsPerRow = await this.#closing;
    const now = new Date();
    for (const name of this.#plan.groups.flatMap(({ files }) => files)) {
      // Deleted since by somebody's hand: what reads it computes it again.
      await utimes(path.join(this.#root, name), now, now).catch(() => undefined);
    }
    return secondsPerRow;
  }

  async #work(
    chunk: FeatureChunk,
    complete: ReadonlyMap<string, number | null>,
    compute: ComputeChunk,
  ): Promise<void> {
    try {
      const own = this.#plan.groups.find(({ group }) => group === chunk.group);
      const files = (own?.files ?? []).map((name) => (complete.has(name) ? null : name));
      if (files.some((name) => name !== null)) {
        const { rows, seconds } = await compute(chunk, files);
        this.#computedRows += rows;
        this.#seconds += seconds;
      }
      this.#doneRows += chunk.to - chunk.from;
    } catch (error) {
      // Somebody else's to do, or this job's when it comes back.
      this.#pending.unshift(chunk);
      throw error;
    } finally {
      this.#changed.ring();
    }
  }

  async #close(complete: ReadonlyMap<string, number | null>): Promise<number | null> {
    try {
      const known = [...complete.values()].filter((seconds) => seconds !== null);
      const secondsPerRow =
        this.#computedRows > 0 ? this.#seconds / this.#computedRows : (known[0] ?? null);
      for (const name of this.#plan.groups.flatMap(({ files }) => files)) {
        if (complete.has(name)) continue;
        const file = path.join(this.#root, name);
        const part = `${file}.${randomUUID()}`;
        await writeFile(part, JSON.stringify({ bytes: fileLength(file), secondsPerRow }));
        await rename(part, file + markerSuffix);
      }
      return secondsPerRow;
    } catch (error) {
      this.#broken = true;
      throw error;
    }
  }
}

/** Those files of a plan that are whole by their markers and lengths. */
async function completeFiles(
  root: string,
  plan: FeatureSetPlan,
): Promise<ReadonlyMap<string, number | null>> {
  const complete = new Map<string, number | null>();
  for (const name of plan.groups.flatMap(({ files }) => files)) {
    const found = await readMarker(path.join(root, name + markerSuffix));
    if (found && fileLength(path.join(root, name)) >= found.bytes) {
      complete.set(name, found.secondsPerRow);
    }
  }
  return complete;
}

/** Null when there is none or its content is damaged; any other obstacle may pass, and is thrown. */
async function readMarker(file: string): Promise<z.infer<typeof marker> | null> {
  try {
    return marker.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if (isMissing(error) || error instanceof SyntaxError || error instanceof z.ZodError)
      return null;
    throw error;
  }
}
