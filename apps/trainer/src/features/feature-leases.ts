import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/** In the folder of the features. */
export const leaseFolder = 'leases';

const leaseFile = z.array(z.string());

/** A process that has not been heard of for so long uses nothing any more. */
const staleMilliseconds = 5 * 60 * 1000;
const renewMilliseconds = 60 * 1000;

/**
 * Which feature files a process uses, told to the other processes on the same folder: a file of its
 * own with the names, whose time says that it lives.
 */
export class FeatureLeases {
  readonly #folder: string;
  readonly #file: string;
  readonly #uses = new Map<string, number>();
  #renewal: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor(root: string) {
    this.#folder = path.join(root, leaseFolder);
    this.#file = path.join(this.#folder, `${randomUUID()}.json`);
  }

  /** From now on the names are in use, until what comes back is called. */
  async take(names: readonly string[]): Promise<() => Promise<void>> {
    for (const name of names) this.#uses.set(name, (this.#uses.get(name) ?? 0) + 1);
    let isHeld = true;
    const release = async () => {
      if (!isHeld) return;
      isHeld = false;
      for (const name of names) {
        const left = (this.#uses.get(name) ?? 1) - 1;
        if (left === 0) this.#uses.delete(name);
        else this.#uses.set(name, left);
      }
      await this.#write();
    };
    await this.#write();
    return release;
  }

  /** The names that are in use by anybody. */
  async all(): Promise<Set<string>> {
    const names = new Set(this.#uses.keys());
    for (const file of await readdir(this.#folder).catch(() => [])) {
      const lease = path.join(this.#folder, file);
      const found = await stat(lease).catch(() => null);
      if (found === null || Date.now() - found.mtimeMs > staleMilliseconds) continue;
      // Somebody else's may go or change at any moment.
      const text = await readFile(lease, 'utf8').catch(() => '[]');
      for (const name of leaseFile.parse(JSON.parse(text))) names.add(name);
    }
    return names;
  }

  async close(): Promise<void> {
    if (this.#renewal) clearInterval(this.#renewal);
    await this.#writing;
    await rm(this.#file, { force: true });
  }

  /** One after the other, so that the last word counts. */
  #write(): Promise<void> {
    this.#writing = this.#writing.then(async () => {
      await mkdir(this.#folder, { recursive: true });
      const part = `${this.#file}.part`;
      await writeFile(part, JSON.stringify([...this.#uses.keys()]));
      await rename(part, this.#file);
    });
    this.#renewal ??= setInterval(() => {
      const now = new Date();
      // A folder that is away for the moment only lets others think that nothing is in use.
      utimes(this.#file, now, now).catch(() => undefined);
    }, renewMilliseconds).unref();
    return this.#writing;
  }
}
