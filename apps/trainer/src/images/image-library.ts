import type { MessagePort } from 'node:worker_threads';
import type { DatasetSource } from '@blockwise/contracts';
import type { FeedPool, LoadProgress, OpenDataset } from '@blockwise/datasets';

/** Which images a task wants. */
export interface ImageRequest {
  readonly source: DatasetSource;
  /** The hash that they must have; null: whatever the source holds now. */
  readonly expectedHash: string | null;
}

/** A data set in memory that all threads share, and what its pixels are read through. */
export interface OpenedImages {
  readonly dataset: OpenDataset;
  /** For one `ImageFeed`. */
  readonly ports: MessagePort[];
}

/** What a task needs of whoever has the images. */
export interface ImageOpener {
  open(
    request: ImageRequest,
    onProgress: (progress: LoadProgress) => void,
    signal?: AbortSignal,
  ): Promise<OpenedImages>;
}

export interface LibraryOptions {
  readonly cacheFolder: string;
  /** What decoded images may take together; a folder beyond that is read from its files. */
  readonly memoryBytes: number;
  /** Told when a stored copy or index is damaged and made again. */
  readonly onRebuild?: (reason: string) => void;
}

/** One call of a user. Its next call has another, so that the end of the former does not touch it. */
interface Use {
  readonly onProgress: (progress: LoadProgress) => void;
}

/** A data set that some threads use, or that is being opened for them. */
interface Holding {
  /** Of its source. */
  readonly key: string;
  readonly dataset: Promise<OpenDataset>;
  /** Null until it is open. */
  opened: OpenDataset | null;
  readonly users: Map<object, Use>;
  readonly ending: AbortController;
}

/**
 * The data sets of a trainer. However many of its threads use one, it is opened once and its
 * decoded images are in memory once; it goes when its last user turns to another.
 */
export class ImageLibrary {
  readonly #pool: FeedPool;
  readonly #options: LibraryOptions;
  readonly #holdings = new Set<Holding>();

  constructor(pool: FeedPool, options: LibraryOptions) {
    this.#pool = pool;
    this.#options = options;
  }

  /** One thread's access. It has one data set at a time. */
  user(): ImageUser {
    const user: ImageUser = {
      open: (request, onProgress, signal) => this.#open(user, request, onProgress, signal),
      leave: () => this.#leave(user),
    };
    return user;
  }

  /** Bytes of decoded images that are held. */
  get heldBytes(): number {
    let bytes = 0;
    for (const { opened } of this.#holdings) if (opened) bytes += decodedBytes(opened);
    return bytes;
  }

  async close(): Promise<void> {
    await this.#pool.close();
  }

  async #open(
    user: ImageUser,
    { source, expectedHash }: ImageRequest,
    onProgress: (progress: LoadProgress) => void,
    signal?: AbortSignal,
  ): Promise<OpenedImages> {
    const key = JSON.stringify(source);
    const known = this.#find(key, expectedHash);
    const use: Use = { onProgress };
    // Before it is left: what has no other user would go.
    known?.users.set(user, use);
    // Before the next set is opened, so that memory need not hold both.
    this.#leave(user, known);
    const holding = known ?? this.#begin(key, source);
    this.#holdings.add(holding);
    holding.users.set(user, use);
    const giveUp = () => this.#giveUp(holding, user, use);
    signal?.addEventListener('abort', giveUp, { once: true });
    try {
      const dataset = await holding.dataset;
      signal?.throwIfAborted();
      const same = this.#sameContent(holding, dataset);
      if (same === null) return { dataset, ports: this.#pool.connect() };
      // It was opened to see what the source holds now, and that is what others have.
      giveUp();
      same.holding.users.set(user, use);
      return { dataset: same.opened, ports: this.#pool.connect() };
    } catch (error) {
      giveUp();
      throw error;
    } finally {
      signal?.removeEventListener('abort', giveUp);
    }
  }

  /** The holding that has what is wanted, or will have it in a moment. */
  #find(key: string, expectedHash: string | null): Holding | undefined {
    for (const holding of this.#holdings) {
      if (holding.key !== key || holding.ending.signal.aborted) continue;
      if (holding.opened === null || holding.opened.info.hash === expectedHash) return holding;
    }
    return undefined;
  }

  #sameContent(opened: Holding, { info }: OpenDataset) {
    for (const holding of this.#holdings) {
      const { opened: other } = holding;
      if (holding === opened || holding.key !== opened.key || other === null) continue;
      if (other.info.hash === info.hash) return { holding, opened: other };
    }
    return null;
  }

  #begin(key: string, source: DatasetSource): Holding {
    const { cacheFolder, memoryBytes, onRebuild } = this.#options;
    const ending = new AbortController();
    const users: Holding['users'] = new Map();
    const dataset = this.#pool.open(
      { source, cacheFolder, memoryBytes: Math.max(0, memoryBytes - this.heldBytes) },
      {
        signal: ending.signal,
        onProgress: (progress) => {
          for (const { onProgress } of users.values()) onProgress(progress);
        },
        ...(onRebuild && { onRebuild }),
      },
    );
    const holding: Holding = { key, dataset, opened: null, users, ending };
    dataset.then(
      (opened) => {
        holding.opened = opened;
      },
      () => this.#holdings.delete(holding),
    );
    return holding;
  }

  /** Takes the user from all that it has, or from all but one. */
  #leave(user: object, kept?: Holding): void {
    for (const holding of this.#holdings) {
      const use = holding.users.get(user);
      if (use !== undefined && holding !== kept) this.#giveUp(holding, user, use);
    }
  }

  /** Ends one use; nothing when the user has turned to another since. */
  #giveUp(holding: Holding, user: object, use: Use): void {
    if (holding.users.get(user) !== use) return;
    holding.users.delete(user);
    if (holding.users.size > 0) return;
    holding.ending.abort(new Error('nobody wants these images any more'));
    this.#holdings.delete(holding);
  }
}

/** Access to the library. */
export interface ImageUser extends ImageOpener {
  /** Gives up what it has; called when the thread ends. */
  leave(): void;
}

function decodedBytes({ train, test }: OpenDataset): number {
  return [train, test].reduce((sum, set) => sum + ('images' in set ? set.images.length : 0), 0);
}
