import type { FeedRequest } from './image-feed.ts';

/** How a stream gets its batches made. */
export interface StreamMaking {
  readonly requestAt: (index: number) => FeedRequest | null;
  readonly prefetchBytes: number;
  /** Makes a batch on the spot; null when it should be begun. */
  readonly make: (request: FeedRequest) => Float32Array | null;
  readonly begin: (request: FeedRequest) => BegunBatch;
}

/** A batch that others make. */
export interface BegunBatch {
  /** [n, size, size, 3], in memory that is shared; whole when `filled`. */
  readonly values: Float32Array;
  /** Settles when nobody writes to it any more. */
  readonly filled: Promise<void>;
  /** Nobody needs it any more, filled or not: its memory goes to another batch. */
  release(): void;
}

/** Most batches that are made ahead, however small they are. */
const mostAhead = 8;

/**
 * Batches in order. Those that follow are made meanwhile, in so many buffers as the memory allows:
 * a consumer that is slower than the makers holds them up, and no buffer is added.
 */
export class ImageStream {
  readonly #making: StreamMaking;
  /** Under way or ready, the next one first. */
  readonly #begun: BegunBatch[] = [];
  #asked = 0;
  #isAtEnd = false;

  constructor(making: StreamMaking) {
    this.#making = making;
  }

  /**
   * The next batch, [n, size, size, 3]; null after the last. It is the caller's.
   *
   * @param reuse a batch that the caller needs no more: taken again where it has the right length
   * @throws what making it threw; the stream is of no use afterwards
   */
  async next(reuse?: Float32Array | null): Promise<Float32Array | null> {
    if (this.#begun.length === 0) {
      const request = this.#take();
      if (request === null) return null;
      const made = this.#making.make(request);
      if (made !== null) return made;
      this.#begin(request);
    }
    const first = this.#begun[0] as BegunBatch;
    this.#fillUp(first);
    await first.filled;
    this.#begun.shift();
    // A copy, because the memory is filled again while an engine may still read its numbers, and
    // because engines want memory that is not shared.
    const { length } = first.values;
    const values = reuse?.length === length ? reuse : new Float32Array(length);
    values.set(first.values);
    first.release();
    this.#fillUp(first);
    return values;
  }

  /** Nobody will ask for more. */
  close(): void {
    this.#isAtEnd = true;
    for (const batch of this.#begun.splice(0)) batch.release();
  }

  #take(): FeedRequest | null {
    if (this.#isAtEnd) return null;
    const request = this.#making.requestAt(this.#asked++);
    if (request === null) this.#isAtEnd = true;
    return request;
  }

  #begin(request: FeedRequest): void {
    const batch = this.#making.begin(request);
    // It is awaited later: until then its failure is not one that nobody looks after.
    batch.filled.catch(() => undefined);
    this.#begun.push(batch);
  }

  /** Begins what is to be ready next: at least one batch beside the one that is waited for. */
  #fillUp({ values }: BegunBatch): void {
    const affordable = Math.floor(this.#making.prefetchBytes / values.byteLength);
    const allowed = Math.min(mostAhead, Math.max(1, affordable));
    for (;;) {
      if (this.#begun.length > allowed) return;
      const request = this.#take();
      if (request === null) return;
      this.#begin(request);
    }
  }
}
