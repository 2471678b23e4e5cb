import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { FeatureChunkResult } from '../compute/tasks/feature-chunk.ts';
import { Doorbell } from '../doorbell.ts';
import { chunkName, type FeatureChunk, type FeatureSetPlan } from './feature-plan.ts';

/** A thread's part in the work: computes a chunk in a folder, or confirms it has the checksums. */
export type ComputeChunk = (
  chunk: FeatureChunk,
  folder: string,
  expected: readonly string[] | null,
) => Promise<FeatureChunkResult>;

/** Told how many rows are done, its own slot's and others'; a rejection ends the slot's part. */
export type ReportProgress = (doneRows: number) => Promise<void>;

/** By chunk name, of cut 1 first. */
const manifest = z.record(z.string(), z.array(z.string()));
const manifestFile = 'checksums.json';

/**
 * The teacher features that this trainer keeps on disk, one folder per key. A folder appears under
 * its name when it is complete; on its first use by a process every chunk is checked and computed
 * again where it was altered. All slots that want a folder work on its chunks together, so nothing
 * is computed twice and nobody waits while there is something to do. A folder's time is its last use.
 */
export class FeatureSets {
  readonly #root: string;
  readonly #builds = new Map<string, Build>();

  constructor(root: string) {
    this.#root = root;
  }

  /**
   * Takes part in completing a set until it is complete. A slot whose chunk or progress is
   * rejected leaves; what it did not do stays for the others.
   *
   * @returns its folder
   * @throws as `compute` and `onProgress`; a plain error when the folder cannot be used
   */
  async complete(
    plan: FeatureSetPlan,
    compute: ComputeChunk,
    onProgress: ReportProgress,
  ): Promise<string> {
    let build = this.#builds.get(plan.key);
    if (!build || build.isUnusable) {
      build = new Build(path.join(this.#root, plan.key), plan);
      this.#builds.set(plan.key, build);
    }
    return await build.join(compute, onProgress);
  }
}

class Build {
  #broken = false;
  readonly #final: string;
  readonly #plan: FeatureSetPlan;
  readonly #opened: Promise<{ folder: string; known: z.infer<typeof manifest> }>;
  readonly #pending: FeatureChunk[];
  readonly #checksums: z.infer<typeof manifest> = {};
  readonly #changed = new Doorbell();
  #doneRows = 0;
  #altered = false;
  #closing: Promise<string> | null = null;
  #closed = false;

  constructor(final: string, plan: FeatureSetPlan) {
    this.#final = final;
    this.#plan = plan;
    this.#pending = [...plan.chunks];
    this.#opened = openFolder(final);
    this.#opened.catch(() => {
      this.#broken = true;
    });
  }

  /** It failed outside a chunk, or its folder was deleted since. */
  get isUnusable(): boolean {
    return this.#broken || (this.#closed && !existsSync(this.#final));
  }

  async join(compute: ComputeChunk, onProgress: ReportProgress): Promise<string> {
    const { folder, known } = await this.#opened;
    while (this.#doneRows < this.#plan.rows) {
      const rings = this.#changed.rings;
      const chunk = this.#pending.shift();
      if (chunk) {
        await this.#work(chunk, folder, known[chunkName(chunk)] ?? null, compute);
      } else {
        await this.#changed.wait(rings);
      }
      await onProgress(this.#doneRows);
    }
    this.#closing ??= this.#close(folder);
    const complete = await this.#closing;
    const now = new Date();
    await utimes(complete, now, now);
    return complete;
  }

  async #work(
    chunk: FeatureChunk,
    folder: string,
    expected: readonly string[] | null,
    compute: ComputeChunk,
  ): Promise<void> {
    try {
      const { checksums, computed } = await compute(chunk, folder, expected);
      this.#checksums[chunkName(chunk)] = checksums;
      this.#altered ||= computed;
      this.#doneRows += chunk.to - chunk.from;
    } catch (error) {
      // Somebody else's to do, or this job's when it comes back.
      this.#pending.unshift(chunk);
      throw error;
    } finally {
      this.#changed.ring();
    }
  }

  async #close(folder: string): Promise<string> {
    try {
      if (this.#altered) {
        const part = path.join(folder, `${manifestFile}.${randomUUID()}`);
        await writeFile(part, JSON.stringify(this.#checksums));
        await rename(part, path.join(folder, manifestFile));
      }
      if (folder !== this.#final) {
        await rename(folder, this.#final).catch(async (error: NodeJS.ErrnoException) => {
          // Another trainer completed the same features first; they are the same.
          if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
          await rm(folder, { recursive: true });
        });
      }
      this.#closed = true;
      return this.#final;
    } catch (error) {
      this.#broken = true;
      throw error;
    }
  }
}

/** The complete folder with its checksums, or a new one beside it. */
async function openFolder(final: string) {
  const known = await readManifest(path.join(final, manifestFile));
  if (known) return { folder: final, known };
  // Without its checksums whatever lies there is worthless.
  await rm(final, { recursive: true, force: true });
  const folder = `${final}.${randomUUID()}`;
  await mkdir(folder, { recursive: true });
  return { folder, known: {} };
}

/** Null when there is none or its content is damaged; any other obstacle may pass, and is thrown. */
async function readManifest(file: string): Promise<z.infer<typeof manifest> | null> {
  try {
    return manifest.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (missing || error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}
