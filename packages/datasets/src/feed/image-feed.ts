import type { MessagePort } from 'node:worker_threads';
import { imageBytes, type OpenDataset } from '../dataset.ts';
import { type AugmentDraws, fillBatch } from '../fill-batch.ts';
import type { ChannelStatistics } from '../normalisation.ts';
import { isStreamed } from './feeder.ts';
import { ImageStream } from './image-stream.ts';
import { Shards } from './shards.ts';

/** Images that are wanted together. */
export interface FeedRequest {
  readonly part: 'train' | 'test';
  readonly positions: Uint32Array;
  readonly draws: AugmentDraws;
}

export interface FeedOptions {
  /**
   * Most memory for batches that are made before they are asked for; one is made ahead in any
   * case. 256 MiB unless told.
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
  #shards: Shards | null = null;
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
    const values = imageBytes(this.#dataset.info.size);
    return new ImageStream({
      requestAt,
      values,
      prefetchBytes: this.#prefetchBytes,
      make: (request) => this.#makeAtOnce(request),
      begin: (request, memory) => this.#begin(request, memory),
      drop: (ids) => this.#shards?.drop(ids),
    });
  }

  close(): void {
    this.#shards?.close();
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

  #begin({ part, positions, draws }: FeedRequest, out: SharedArrayBuffer) {
    this.#shards ??= new Shards([...this.#living], this.#dataset, this.#channels);
    const ids: number[] = [];
    const filled: Promise<void>[] = [];
    const values = imageBytes(this.#dataset.info.size);
    for (let first = 0; first < positions.length; first += shardImages) {
      // Copied: a part of an array would be sent with the whole of it.
      const some = positions.slice(first, first + shardImages);
      const fill = { part, positions: some, draws, out, from: first * values };
      const shard = this.#shards.send(fill);
      ids.push(shard.id);
      filled.push(shard.filled);
    }
    return { ids, filled: Promise.all(filled) };
  }
}
