import { availableParallelism } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import sharp from 'sharp';
import { openDataset } from '../open-dataset.ts';
import { toFeedFailure } from './failure.ts';
import { serveConsumer } from './feeder.ts';
import type { FromWorker, OpenRequest, ToWorker } from './protocol.ts';
import { WorkQueue } from './work-queue.ts';

/** Fixed for the thread's life. */
export interface WorkerSettings {
  /** How many threads of the kind there are. */
  readonly threads: number;
}

if (!parentPort) throw new Error('this file is the body of a thread that decodes images');
const port = parentPort;
const { threads } = workerData as WorkerSettings;
// Every picture is decoded once: remembering operations would only cost memory.
sharp.cache(false);
const post = (message: FromWorker) => port.postMessage(message);

/**
 * Decoding itself runs on the threads of Node's own pool, which all threads of the process share.
 * Four pictures for every core keep it busy: some wait to be read, and some for this thread.
 */
const picturesAtOnce = Math.max(2, Math.ceil((4 * availableParallelism()) / threads));
const queue = new WorkQueue(picturesAtOnce);
const opening = new Map<number, AbortController>();

async function open(id: number, { source, ...request }: OpenRequest): Promise<void> {
  const ending = new AbortController();
  opening.set(id, ending);
  try {
    const dataset = await openDataset(source, {
      ...request,
      signal: ending.signal,
      onProgress: (progress) => post({ kind: 'progress', id, progress }),
      onRebuild: (reason) => post({ kind: 'rebuild', id, reason }),
    });
    post({ kind: 'opened', id, dataset });
  } catch (error) {
    post({ kind: 'failed', id, failure: toFeedFailure(error) });
  } finally {
    opening.delete(id);
  }
}

port.on('message', (message: ToWorker) => {
  switch (message.kind) {
    case 'serve':
      serveConsumer(message.port, queue);
      return;
    case 'open':
      void open(message.id, message.request);
      return;
    case 'abort':
      opening.get(message.id)?.abort(new Error('the opening was aborted'));
      return;
    default:
      message satisfies never;
  }
});
