import type { MessagePort } from 'node:worker_threads';
import type { OpenDataset } from '../dataset.ts';
import type { ChannelStatistics } from '../normalisation.ts';
import { FeedFault, fromFeedFailure } from './failure.ts';
import type { FillMessage, FromFeeder, ToFeeder } from './protocol.ts';

interface Pending {
  readonly port: MessagePort;
  readonly images: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** Sends parts of batches to the threads that decode, always to the one with the least to do. */
export class Shards {
  /** Images under way, by the port of each thread that lives. */
  readonly #load: Map<MessagePort, number>;
  readonly #pending = new Map<number, Pending>();
  /** Memories that the threads know, by their number there. */
  readonly #memories = new Map<SharedArrayBuffer, number>();
  #count = 0;
  #memoryCount = 0;

  constructor(ports: readonly MessagePort[], dataset: OpenDataset, channels: ChannelStatistics) {
    this.#load = new Map(ports.map((port) => [port, 0]));
    for (const port of ports) {
      port.on('message', (message: FromFeeder) => this.#heard(message));
      port.on('close', () => this.#lost(port));
      port.postMessage({ kind: 'dataset', dataset, channels } satisfies ToFeeder);
    }
  }

  /** Images will be written to it. */
  announce(out: SharedArrayBuffer): void {
    const memory = this.#memoryCount++;
    this.#memories.set(out, memory);
    this.#tellAll({ kind: 'memory', memory, shared: out });
  }

  /** No image will be written to it any more. */
  forget(out: SharedArrayBuffer): void {
    this.#tellAll({ kind: 'forget', memory: this.#numberOf(out) });
    this.#memories.delete(out);
  }

  /**
   * @param out an announced memory
   * @returns the shard's number, and a promise of its being filled
   * @throws FeedFault when no thread is left
   */
  send(
    fill: Omit<FillMessage, 'kind' | 'id' | 'memory'>,
    out: SharedArrayBuffer,
  ): { id: number; filled: Promise<void> } {
    const id = this.#count++;
    const memory = this.#numberOf(out);
    const images = fill.positions.length;
    const filled = new Promise<void>((resolve, reject) => {
      const port = this.#leastBusy();
      this.#load.set(port, (this.#load.get(port) ?? 0) + images);
      this.#pending.set(id, { port, images, resolve, reject });
      port.postMessage({ kind: 'fill', id, memory, ...fill } satisfies ToFeeder);
    });
    return { id, filled };
  }

  /** Nobody waits for these any more. */
  drop(ids: readonly number[]): void {
    const wasted = ids.filter((id) => this.#pending.has(id));
    if (wasted.length > 0) this.#tellAll({ kind: 'drop', ids: wasted });
  }

  close(): void {
    for (const port of this.#load.keys()) port.close();
  }

  #numberOf(out: SharedArrayBuffer): number {
    const memory = this.#memories.get(out);
    if (memory === undefined) throw new Error('the memory for images was not announced');
    return memory;
  }

  #tellAll(message: ToFeeder): void {
    for (const port of this.#load.keys()) port.postMessage(message);
  }

  #leastBusy(): MessagePort {
    let least: MessagePort | null = null;
    for (const [port, images] of this.#load) {
      if (least === null || images < (this.#load.get(least) ?? 0)) least = port;
    }
    if (least === null) throw new FeedFault('No thread that decodes images is left.');
    return least;
  }

  #heard(message: FromFeeder): void {
    const pending = this.#pending.get(message.id);
    if (!pending) return;
    this.#pending.delete(message.id);
    const { port, images, resolve, reject } = pending;
    this.#load.set(port, (this.#load.get(port) ?? 0) - images);
    if (message.kind === 'filled') resolve();
    else reject(fromFeedFailure(message.failure));
  }

  /** The thread ended, or the feed was closed: what it had to do will not come. */
  #lost(port: MessagePort): void {
    this.#load.delete(port);
    for (const [id, pending] of this.#pending) {
      if (pending.port !== port) continue;
      this.#pending.delete(id);
      pending.reject(new FeedFault('A thread that decodes images ended before it was done.'));
    }
  }
}
