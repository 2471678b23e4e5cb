import type { MessagePort } from 'node:worker_threads';
import type { Augment } from '@blockwise/contracts';
import type { Augmenter } from '../augment/augmenter.ts';
import { type ImageSet, imageBytes, type OpenDataset, type StreamedSet } from '../dataset.ts';
import { augmentBatch, augmenterOf, imageDraws } from '../fill-batch.ts';
import { readStreamed } from '../folder/read-streamed.ts';
import { freeAtOnce } from '../free-at-once.ts';
import { toFeedFailure } from './failure.ts';
import type { DatasetMessage, FillMessage, FromFeeder, ToFeeder } from './protocol.ts';
import type { WorkQueue } from './work-queue.ts';

interface Served {
  readonly dataset: OpenDataset;
  /** One serves all images of a level: its buffers are not made for every few of them. */
  readonly augmenterFor: (augment: Augment) => Augmenter;
}

/**
 * Serves one consumer: fills what it asks for, in that order. The queue is the thread's, so that
 * several consumers share its decoder.
 */
export function serveConsumer(port: MessagePort, queue: WorkQueue): void {
  let served: Served | null = null;
  const memories = new Map<number, Float32Array>();
  const dropped = new Set<number>();
  const post = (message: FromFeeder) => port.postMessage(message);
  port.on('message', (message: ToFeeder) => {
    switch (message.kind) {
      case 'dataset':
        served = servedBy(message);
        return;
      case 'memory':
        memories.set(message.memory, new Float32Array(message.shared));
        return;
      case 'fill': {
        const { id, memory } = message;
        const isWanted = () => !dropped.has(id);
        const out = told(memories.get(memory), 'their memory was');
        fill(message, out, told(served, 'a data set was'), queue, isWanted)
          .then(
            () => post({ kind: 'filled', id }),
            (error: unknown) => post({ kind: 'failed', id, failure: toFeedFailure(error) }),
          )
          .finally(() => dropped.delete(id));
        return;
      }
      case 'drop':
        for (const id of message.ids) dropped.add(id);
        return;
      case 'forget':
        memories.delete(message.memory);
        return;
      default:
        message satisfies never;
    }
  });
}

function servedBy({ dataset, channels }: DatasetMessage): Served {
  const augmenters = new Map<Augment, Augmenter>();
  return {
    dataset,
    augmenterFor(augment) {
      const known = augmenters.get(augment);
      if (known) return known;
      const made = augmenterOf(dataset.info.size, channels, augment);
      augmenters.set(augment, made);
      return made;
    },
  };
}

function told<T>(value: T | null | undefined, what: string): T {
  if (!value) throw new Error(`images were asked for before ${what} named`);
  return value;
}

/** All images of a message; a failure of one is the failure of all. */
async function fill(
  { part, positions, draws, from }: FillMessage,
  out: Float32Array,
  { dataset, augmenterFor }: Served,
  queue: WorkQueue,
  isWanted: () => boolean,
): Promise<void> {
  const set = dataset[part];
  const values = imageBytes(set.size);
  const augmenter = augmenterFor(draws.augment);
  if (!isStreamed(set)) {
    await queued(queue, async () => {
      if (isWanted()) augmentBatch(augmenter, set, positions, draws, out.subarray(from));
    });
    return;
  }
  await Promise.all(
    Array.from(positions, (position, i) =>
      queued(queue, async () => {
        if (!isWanted()) return;
        const pixels = await readStreamed(set, position);
        augmenter.write(pixels, 0, imageDraws(draws, position), out, from + i * values);
        freeAtOnce(pixels);
      }),
    ),
  );
}

function queued(queue: WorkQueue, work: () => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    queue.push(() => work().then(resolve, reject));
  });
}

export function isStreamed(set: ImageSet | StreamedSet): set is StreamedSet {
  return 'files' in set;
}
