import type { MessagePort } from 'node:worker_threads';
import { imageBytes, type OpenDataset } from '../dataset.ts';
import { type AugmentDraws, fillBatch } from '../fill-batch.ts';
import type { ChannelStatistics } from '../normalisation.ts';
import { BatchMemories } from './batch-memories.ts';
import { isStreamed } from './feeder.ts';
import { type BegunBatch, ImageStream } from './image-stream.ts';
import { Shards } from './shards.ts';

/** Images that are wanted together. */
export interface FeedRequest {
  readonly part: 'train' | 'test';
  readonly positions: Uint32Array;
  readonly draws: AugmentDraws;
}

export interface FeedOptions {
  /**
   * Most memory for batches that are made before they are asked for, and what is kept of it for
   * later streams; one is made ahead in any case. 256 MiB unless told.
   */
  readonly prefetchBytes?: number;
}

const defaultPrefetchBytes = 2 ** 28;
/** Larger images than this are augmented by other threads. Smaller ones take less time than asking. */
const largestAtOnceBytes = imageBytes(64);
/** Images of a batch that one thread takes at once. */
const shardImages = 8;

/**
 * The normalised images of a data set, [n, size, size, 3] NHWC float32, for one consumer. What they
 * are depends on the request only, not on threads or on what was asked for before.
 */
export class ImageFeed {
  readonly #dataset: OpenDataset;
  readonly #channels: ChannelStatistics;
  readonly #prefetchBytes: number;
  /** Null until images are wanted that are not made at once. */
  #making: { readonly shards: Shards; readonly memories: BatchMemories } | null = null;
  readonly #ports: readonly MessagePort[];
  /** Those whose thread lives. */
  readonly #living: Set<MessagePort>;

  /** @param ports of `FeedPool.connect`, this feed's own */
  constructor(
    dataset: OpenDataset,
    channels: ChannelStatistics,
    ports: readonly MessagePort[],
    { prefetchBytes = defaultPrefetchBytes }: FeedOptions = {},
  ) {
    this.#dataset = dataset;
    this.#channels = channels;
    this.#ports = ports;
    this.#living = new Set(ports);
    // From the start: a port says only once that its thread ended, maybe before it is first needed.
    for (const port of ports) port.on('close', () => this.#living.delete(port));
    this.#prefetchBytes = prefetchBytes;
  }

  /** Batches that there is memory for, filled or not. */
  get memories(): number {
    return this.#making?.memories.count ?? 0;
  }

  /**
   * One batch.
   *
   * @throws DomainError DATASET_CORRUPT at `dataset.path`; FeedFault when a thread ended
   */
  async read(request: FeedRequest): Promise<Float32Array> {
    const stream = this.stream((i) => (i === 0 ? request : null));
    try {
      return (await stream.next()) ?? new Float32Array();
    } finally {
      stream.close();
    }
  }

  /**
   * Batches one after the other; the next ones are made while the consumer is busy. To go on in the
   * middle, begin with the request that comes next: nothing depends on those before.
   *
   * @param requestAt the request of a number from 0; null after the last
   */
  stream(requestAt: (index: number) => FeedRequest | null): ImageStream {
    return new ImageStream({
      requestAt,
      prefetchBytes: this.#prefetchBytes,
      make: (request) => this.#makeAtOnce(request),
      begin: (request) => this.#begin(request),
    });
  }

  close(): void {
    this.#making?.shards.close();
    for (const port of this.#ports) port.close();
  }

  /** Null when another thread should do it. */
  #makeAtOnce({ part, positions, draws }: FeedRequest): Float32Array | null {
    const set = this.#dataset[part];
    if (isStreamed(set)) return null;
    const isSmall = imageBytes(set.size) <= largestAtOnceBytes;
    if (!isSmall && this.#ports.length > 0) return null;
    const out = new Float32Array(positions.length * imageBytes(set.size));
    fillBatch(set, positions, this.#channels, draws, out);
    return out;
  }

  #begin({ part, positions, draws }: FeedRequest): BegunBatch {
    const { shards, memories } = this.#makers();
    const values = imageBytes(this.#dataset.info.size);
    const length = positions.length * values;
    const memory = memories.take(length * Float32Array.BYTES_PER_ELEMENT);
    const sent: ReturnType<Shards['send']>[] = [];
    for (let first = 0; first < positions.length; first += shardImages) {
      // Copied: a part of an array would be sent with the whole of it.
      const some = positions.slice(first, first + shardImages);
      sent.push(shards.send({ part, positions: some, draws, from: first * values }, memory));
    }
    let isSettled = false;
    const filled = allSettled(sent.map((shard) => shard.filled)).finally(() => {
      isSettled = true;
    });
    const giveBack = () => memories.giveBack(memory);
    return {
      values: new Float32Array(memory, 0, length),
      filled,
      release() {
        if (isSettled) {
          giveBack();
          return;
        }
        shards.drop(sent.map(({ id }) => id));
        filled.then(giveBack, giveBack);
      },
    };
  }

  #makers() {
    if (this.#making) return this.#making;
    const shards = new Shards([...this.#living], this.#dataset, this.#channels);
    const memories = new BatchMemories(
      this.#prefetchBytes,
      (memory) => shards.announce(memory),
      (memory) => shards.forget(memory),
    );
    this.#making = { shards, memories };
    return this.#making;
  }
}

/** Waits for all of them, then throws what the first that failed threw. */
async function allSettled(parts: readonly Promise<void>[]): Promise<void> {
  for (const part of await Promise.allSettled(parts)) {
    if (part.status === 'rejected') throw part.reason;
  }
}
