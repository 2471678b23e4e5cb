import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/** In the folder of the features. */
export const leaseFolder = 'leases';
const leaseSuffix = '.json';

/** Name → bytes that are planned for it. */
const leaseFile = z.record(z.string(), z.number());

/** A process that has not been heard of for so long uses nothing any more. */
const staleMilliseconds = 5 * 60 * 1000;
const renewMilliseconds = 60 * 1000;

/**
 * Which feature files a process uses, told to the other processes on the same folder: a file of its
 * own with the names and what each will take, whose time says that it lives.
 */
export class FeatureLeases {
  readonly #folder: string;
  readonly #file: string;
  readonly #uses = new Map<string, { users: number; bytes: number }>();
  #renewal: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor(root: string) {
    this.#folder = path.join(root, leaseFolder);
    this.#file = path.join(this.#folder, `${randomUUID()}${leaseSuffix}`);
  }

  /**
   * From now on the names are in use, until what comes back is called.
   *
   * @param planned name → bytes that it takes when it is complete
   * @throws a plain error when the others cannot be told; then nothing is in use
   */
  async take(planned: ReadonlyMap<string, number>): Promise<() => Promise<void>> {
    for (const [name, bytes] of planned) {
      const before = this.#uses.get(name) ?? { users: 0, bytes: 0 };
      this.#uses.set(name, {
        users: before.users + 1,
        bytes: Math.max(bytes, before.bytes),
      });
    }
    let isHeld = true;
    const release = async () => {
      if (!isHeld) return;
      isHeld = false;
      this.#drop(planned.keys());
      // Until the next word the others only keep more than they need.
      await this.#write().catch(() => undefined);
    };
    try {
      await this.#write();
    } catch (error) {
      isHeld = false;
      this.#drop(planned.keys());
      throw error;
    }
    return release;
  }

  /** The names that are in use by anybody, with the bytes that are planned for them. */
  async all(): Promise<Map<string, number>> {
    const planned = new Map([...this.#uses].map(([name, { bytes }]) => [name, bytes]));
    for (const file of await readdir(this.#folder).catch(() => [])) {
      // Others are on their way to their names, or were left by a process that was killed.
      if (!file.endsWith(leaseSuffix)) continue;
      const lease = path.join(this.#folder, file);
      const found = await stat(lease).catch(() => null);
      if (found === null || Date.now() - found.mtimeMs > staleMilliseconds) continue;
      // Somebody else's may go or change at any moment.
      const text = await readFile(lease, 'utf8').catch(() => '');
      for (const [name, bytes] of Object.entries(namesIn(text))) {
        planned.set(name, Math.max(bytes, planned.get(name) ?? 0));
      }
    }
    return planned;
  }

  /** What cannot be deleted says nothing any more after a while. */
  async close(): Promise<void> {
    if (this.#renewal) clearInterval(this.#renewal);
    await this.#writing.catch(() => undefined);
    for (const file of [this.#file, this.#part]) {
      await rm(file, { force: true }).catch(() => undefined);
    }
  }

  get #part(): string {
    return `${this.#file}.part`;
  }

  #drop(names: Iterable<string>): void {
    for (const name of names) {
      const use = this.#uses.get(name);
      if (!use) continue;
      use.users -= 1;
      if (use.users === 0) this.#uses.delete(name);
    }
  }

  /** One after the other, so that the last word counts; a word that failed stops no later one. */
  #write(): Promise<void> {
    this.#writing = this.#writing
      .catch(() => undefined)
      .then(async () => {
        await mkdir(this.#folder, { recursive: true });
        const planned = [...this.#uses].map(([name, { bytes }]) => [name, bytes]);
        await writeFile(this.#part, JSON.stringify(Object.fromEntries(planned)));
        await rename(this.#part, this.#file);
      });
    this.#renewal ??= setInterval(() => {
      const now = new Date();
      // A folder that is away for the moment only lets others think that nothing is in use.
      utimes(this.#file, now, now).catch(() => undefined);
    }, renewMilliseconds).unref();
    return this.#writing;
  }
}

/** Nothing where a disk that was full or a process that was killed left no whole text. */
function namesIn(text: string): z.infer<typeof leaseFile> {
  try {
    return leaseFile.parse(JSON.parse(text));
  } catch {
    return {};
  }
}
