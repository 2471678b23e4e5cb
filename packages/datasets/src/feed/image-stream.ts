import type { FeedRequest } from './image-feed.ts';

/** How a stream gets its batches made. */
export interface StreamMaking {
  readonly requestAt: (index: number) => FeedRequest | null;
  /** Numbers of an image. */
  readonly values: number;
  readonly prefetchBytes: number;
  /** Makes a batch on the spot; null when it should be begun in memory of its own. */
  readonly make: (request: FeedRequest) => Float32Array | null;
  readonly begin: (
    request: FeedRequest,
    memory: SharedArrayBuffer,
  ) => { readonly ids: readonly number[]; readonly filled: Promise<unknown> };
  readonly drop: (ids: readonly number[]) => void;
}

interface Begun {
  readonly images: number;
  readonly memory: SharedArrayBuffer;
  readonly ids: readonly number[];
  readonly filled: Promise<unknown>;
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
  readonly #begun: Begun[] = [];
  /** Buffers that wait to be filled again. */
  readonly #free: SharedArrayBuffer[] = [];
  #buffers = 0;
  #asked = 0;
  #isAtEnd = false;

  constructor(making: StreamMaking) {
    this.#making = making;
  }

  /** Buffers for batches that exist, filled or not. */
  get buffers(): number {
    return this.#buffers;
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
    this.#fillUp();
    const first = this.#begun[0] as Begun;
    await first.filled;
    this.#begun.shift();
    // A copy, because the buffer is filled again while an engine may still read its numbers, and
    // because engines want memory that is not shared.
    const made = new Float32Array(first.memory, 0, first.images * this.#making.values);
    const values = reuse?.length === made.length ? reuse : new Float32Array(made.length);
    values.set(made);
    this.#free.push(first.memory);
    this.#fillUp();
    return values;
  }

  /** Nobody will ask for more. */
  close(): void {
    this.#isAtEnd = true;
    this.#making.drop(this.#begun.flatMap(({ ids }) => ids));
    this.#begun.length = 0;
    this.#free.length = 0;
    this.#buffers = 0;
  }

  #take(): FeedRequest | null {
    if (this.#isAtEnd) return null;
    const request = this.#making.requestAt(this.#asked++);
    if (request === null) this.#isAtEnd = true;
    return request;
  }

  #begin(request: FeedRequest): void {
    const { values, begin } = this.#making;
    const images = request.positions.length;
    const memory = this.#memory(images * values * Float32Array.BYTES_PER_ELEMENT);
    const { ids, filled } = begin(request, memory);
    // It is awaited later: until then its failure is not one that nobody looks after.
    filled.catch(() => undefined);
    this.#begun.push({ images, memory, ids, filled });
  }

  /** Begins what is to be ready next: at least one batch beside the one that is waited for. */
  #fillUp(): void {
    const { prefetchBytes } = this.#making;
    for (;;) {
      const bytes = this.#begun[0]?.memory.byteLength ?? this.#free[0]?.byteLength ?? 0;
      const allowed = Math.min(mostAhead, Math.max(1, Math.floor(prefetchBytes / bytes)));
      if (this.#begun.length > allowed) return;
      const request = this.#take();
      if (request === null) return;
      this.#begin(request);
    }
  }

  /** A free buffer that is large enough, or a new one. */
  #memory(bytes: number): SharedArrayBuffer {
    const at = this.#free.findIndex(({ byteLength }) => byteLength >= bytes);
    const [free] = at === -1 ? [] : this.#free.splice(at, 1);
    if (free) return free;
    this.#buffers += 1;
    return new SharedArrayBuffer(bytes);
  }
}
