import type { MessagePort } from 'node:worker_threads';
import { augmentations } from '../augment/augmentations.ts';
import { Augmenter } from '../augment/augmenter.ts';
import { type ImageSet, imageBytes, type OpenDataset, type StreamedSet } from '../dataset.ts';
import { fillBatch, imageDraws } from '../fill-batch.ts';
import { readStreamed } from '../folder/read-streamed.ts';
import type { ChannelStatistics } from '../normalisation.ts';
import { toFeedFailure } from './failure.ts';
import type { FillMessage, FromFeeder, ToFeeder } from './protocol.ts';
import type { WorkQueue } from './work-queue.ts';

interface Served {
  readonly dataset: OpenDataset;
  readonly channels: ChannelStatistics;
}

/**
 * Serves one consumer: fills what it asks for, in that order. The queue is the thread's, so that
 * several consumers share its decoder.
 */
export function serveConsumer(port: MessagePort, queue: WorkQueue): void {
  let served: Served | null = null;
  const dropped = new Set<number>();
  const post = (message: FromFeeder) => port.postMessage(message);
  port.on('message', (message: ToFeeder) => {
    switch (message.kind) {
      case 'dataset':
        served = message;
        return;
      case 'fill': {
        const { id } = message;
        const isWanted = () => !dropped.has(id);
        fill(message, servedOr(served), queue, isWanted)
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
      default:
        message satisfies never;
    }
  });
}

function servedOr(served: Served | null): Served {
  if (!served) throw new Error('images were asked for before a data set was named');
  return served;
}

/** All images of a message; a failure of one is the failure of all. */
async function fill(
  { part, positions, draws, out, from }: FillMessage,
  { dataset, channels }: Served,
  queue: WorkQueue,
  isWanted: () => boolean,
): Promise<void> {
  const set = dataset[part];
  const values = imageBytes(set.size);
  const target = new Float32Array(out, from * Float32Array.BYTES_PER_ELEMENT);
  if (!isStreamed(set)) {
    await queued(queue, async () => {
      if (isWanted()) fillBatch(set, positions, channels, draws, target);
    });
    return;
  }
  const augmenter = new Augmenter(set.size, channels, augmentations[draws.augment].steps);
  await Promise.all(
    Array.from(positions, (position, i) =>
      queued(queue, async () => {
        if (!isWanted()) return;
        const pixels = await readStreamed(set, position);
        augmenter.write(pixels, 0, imageDraws(draws, position), target, i * values);
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
