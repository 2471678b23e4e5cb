import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { Doorbell } from '../doorbell.ts';
import { windowsPrefix } from './make-room.ts';

/** A window that a task wants: its name says everything that decides its features. */
export interface WindowRequest {
  readonly name: string;
  /** What its files take on disk. */
  readonly bytes: number;
  /** What all windows may take together, its own included. */
  readonly budgetBytes: number;
  /** Where it stands in the walk that tasks make through windows one after the other; null: nowhere. */
  readonly place: WindowPlace | null;
}

export interface WindowPlace {
  /** Tasks on the same walk want the same windows. */
  readonly walk: string;
  /** The window before it has the number before. */
  readonly number: number;
}

/** Where a window's files are, or are to be. */
export interface WindowGrant {
  readonly name: string;
  readonly folder: string;
  /** The asker is to compute it, and to say so; everybody else waits for it. */
  readonly compute: boolean;
}

/** One task's part in the windows. It takes one window at a time. */
export interface WindowUser {
  /**
   * Resolves as soon as the window is complete, or is the asker's to compute. While somebody else
   * computes it the asker may get one of those `ahead` of it to compute, if there is room: then it
   * gives that back and asks again.
   */
  take(request: WindowRequest, ahead: readonly WindowRequest[]): Promise<WindowGrant>;
  /** The window that it was to compute is complete. */
  completed(name: string): void;
  /** It has read what it wanted. */
  release(name: string): void;
  /** Gives everything back, unfinished windows too; called when the task has ended, however it did. */
  leave(): void;
}

interface Window {
  readonly folder: string;
  readonly bytes: number;
  readonly place: WindowPlace | null;
  /** Who computes it; null when it is complete. */
  maker: object | null;
  readonly users: Set<object>;
}

/**
 * The teacher's features of runs of consecutive batches, for searches whose features do not fit the
 * disk as a whole: the first task that needs a window computes it, all cut points in one pass, and
 * the others read it; who would have to wait computes the next one meanwhile. Windows that nobody reads go, the least recently used first, when a new one
 * needs their room; what is being read or made stays, so a budget below that is exceeded by it.
 *
 * A task that is ahead of others on their walk waits before it displaces what they come to next:
 * they would all have to compute it again, and the teacher's pass is what costs most.
 */
export class FeatureWindows {
  /** Of the folder with this process's windows. */
  readonly name = `${windowsPrefix}${randomUUID()}`;
  readonly #folder: string;
  /** By name, the least recently used first. */
  readonly #windows = new Map<string, Window>();
  /** The last window that each task took on its walk. */
  readonly #progress = new Map<object, WindowPlace>();
  readonly #changed = new Doorbell();
  #made = 0;

  /** `root` holds this process's windows in a folder of their own. */
  constructor(root: string) {
    this.#folder = path.join(root, this.name);
  }

  /** How many windows were given out to be computed. */
  get made(): number {
    return this.#made;
  }

  /** What they take on disk, or will as soon as they are complete. */
  get bytes(): number {
    return [...this.#windows.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Deletes windows that nobody reads, the least recently used first, until so many bytes are freed. */
  free(bytes: number): void {
    const target = this.bytes - bytes;
    for (const [name, window] of this.#windows) {
      if (this.bytes <= target) return;
      if (window.users.size === 0) this.#drop(name, window);
    }
  }

  user(): WindowUser {
    // Its identity is the object.
    const self = {};
    let hasLeft = false;
    return {
      take: async (request, ahead) => {
        for (;;) {
          if (hasLeft) throw new Error('the task has ended');
          const { rings } = this.#changed;
          const window = this.#windows.get(request.name);
          if (window?.maker === null) return this.#use(self, request.name, window);
          if (!window && this.#makeRoom(request)) {
            this.#moved(self, request.place);
            return await this.#make(self, request);
          }
          const next = window && ahead.find(({ name }) => !this.#windows.has(name));
          if (next && this.#makeRoom(next, { mayExceed: false })) {
            return await this.#make(self, next);
          }
          await this.#changed.wait(rings);
        }
      },
      completed: (name) => {
        const window = this.#windows.get(name);
        if (window?.maker !== self) throw new Error(`${name} is not this task's to complete`);
        window.maker = null;
        this.#changed.ring();
      },
      release: (name) => {
        this.#windows.get(name)?.users.delete(self);
        this.#changed.ring();
      },
      leave: () => {
        hasLeft = true;
        this.#progress.delete(self);
        for (const [name, window] of this.#windows) {
          window.users.delete(self);
          if (window.maker === self) this.#drop(name, window);
        }
        this.#changed.ring();
      },
    };
  }

  /** Deletes all windows. */
  async close(): Promise<void> {
    this.#windows.clear();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #make(self: object, { name, bytes, place }: WindowRequest): Promise<WindowGrant> {
    this.#made += 1;
    // Numbered, so that a folder that is still being deleted is never written to again.
    const folder = path.join(this.#folder, String(this.#made));
    const window: Window = { folder, bytes, place, maker: self, users: new Set([self]) };
    this.#windows.set(name, window);
    try {
      await mkdir(folder, { recursive: true });
    } catch (error) {
      this.#drop(name, window);
      this.#changed.ring();
      throw error;
    }
    return { name, folder, compute: true };
  }

  #use(self: object, name: string, window: Window): WindowGrant {
    window.users.add(self);
    this.#windows.delete(name);
    this.#windows.set(name, window);
    this.#moved(self, window.place);
    return { name, folder: window.folder, compute: false };
  }

  #moved(self: object, place: WindowPlace | null): void {
    if (place === null) return;
    this.#progress.set(self, place);
    this.#changed.ring();
  }

  /** False when there is no room without taking it from somebody; then nothing was deleted. */
  #makeRoom({ bytes, budgetBytes }: WindowRequest, { mayExceed = true } = {}): boolean {
    let total = [...this.#windows.values()].reduce((sum, window) => sum + window.bytes, bytes);
    const unused = [...this.#windows].filter(([, { users }]) => users.size === 0);
    const spare: typeof unused = [];
    for (const [name, window] of unused) {
      if (total <= budgetBytes) break;
      if (this.#isComingUp(window)) continue;
      spare.push([name, window]);
      total -= window.bytes;
    }
    const isAllInUse = spare.length === unused.length;
    if (total > budgetBytes && !(mayExceed && isAllInUse)) return false;
    for (const [name, window] of spare) this.#drop(name, window);
    return true;
  }

  /** Whether a task is on its way to the window, through windows that are there. */
  #isComingUp({ place }: Window): boolean {
    if (place === null) return false;
    const numbers = new Set(
      [...this.#windows.values()]
        .filter((window) => window.place?.walk === place.walk)
        .map((window) => window.place?.number),
    );
    return [...this.#progress.values()].some(
      ({ walk, number }) => walk === place.walk && number < place.number && numbers.has(number + 1),
    );
  }

  #drop(name: string, { folder }: Window): void {
    this.#windows.delete(name);
    // What cannot be deleted now goes with all the others.
    rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}
