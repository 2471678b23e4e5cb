import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { LoadOptions, OpenDataset } from '../dataset.ts';
import type { OpenOptions } from '../open-dataset.ts';
import { FeedFault, fromFeedFailure } from './failure.ts';
import type { FromWorker, OpenRequest, ToWorker } from './protocol.ts';
import type { WorkerSettings } from './worker.ts';

type Listening = Pick<LoadOptions, 'onProgress' | 'signal'> & Pick<OpenOptions, 'onRebuild'>;

interface Opening extends Listening {
  readonly resolve: (dataset: OpenDataset) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Threads that open data sets, decode and augment for all consumers of a process. They start when
 * they are first needed; one that ended is replaced when it is next needed.
 */
export class FeedPool {
  readonly #threads: number;
  readonly #workers: (Worker | null)[];
  readonly #openings = new Map<number, Opening & { readonly worker: Worker }>();
  #openingCount = 0;
  #isClosed = false;

  /** @param threads at least 1 */
  constructor(threads: number) {
    this.#threads = Math.max(1, threads);
    this.#workers = new Array(this.#threads).fill(null);
  }

  /** A consumer's ports, one to every thread, to be given to one `ImageFeed` of any thread. */
  connect(): MessagePort[] {
    return this.#workers.map((_, i) => {
      const { port1, port2 } = new MessageChannel();
      this.#tell(this.#worker(i), { kind: 'serve', port: port2 }, [port2]);
      return port1;
    });
  }

  /**
   * Opens a data set, in memory that all threads share; see `openDataset`.
   *
   * @throws as `openDataset`; the signal's reason when aborted; FeedFault when the thread ended
   */
  async open(request: OpenRequest, listening: Listening = {}): Promise<OpenDataset> {
    const { signal } = listening;
    signal?.throwIfAborted();
    const id = this.#openingCount++;
    const worker = this.#worker(id % this.#threads);
    const abort = () => this.#tell(worker, { kind: 'abort', id });
    signal?.addEventListener('abort', abort, { once: true });
    try {
      return await new Promise((resolve, reject) => {
        this.#openings.set(id, { ...listening, resolve, reject, worker });
        this.#tell(worker, { kind: 'open', id, request });
      });
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener('abort', abort);
      this.#openings.delete(id);
    }
  }

  /** Ends all threads; what is under way fails. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const workers = this.#workers.splice(0, this.#threads, ...new Array(this.#threads).fill(null));
    await Promise.all(workers.map((worker) => worker?.terminate()));
  }

  #worker(index: number): Worker {
    if (this.#isClosed) throw new Error('the threads that decode images are closed');
    const running = this.#workers[index];
    if (running) return running;
    const settings: WorkerSettings = { threads: this.#threads };
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: settings });
    this.#workers[index] = worker;
    worker.on('message', (message: FromWorker) => this.#heard(message));
    worker.on('error', (error) => this.#ended(worker, `crashed: ${error.message}`, error));
    worker.on('exit', (status) => this.#ended(worker, `ended with status ${status}`));
    return worker;
  }

  #tell(worker: Worker, message: ToWorker, transfer: MessagePort[] = []): void {
    worker.postMessage(message, transfer);
  }

  #heard(message: FromWorker): void {
    const opening = this.#openings.get(message.id);
    switch (message.kind) {
      case 'progress':
        opening?.onProgress?.(message.progress);
        return;
      case 'rebuild':
        opening?.onRebuild?.(message.reason);
        return;
      case 'opened':
        opening?.resolve(message.dataset);
        return;
      case 'failed':
        opening?.reject(fromFeedFailure(message.failure));
        return;
      default:
        message satisfies never;
    }
  }

  #ended(worker: Worker, how: string, cause?: Error): void {
    const index = this.#workers.indexOf(worker);
    if (index !== -1) this.#workers[index] = null;
    const fault = new FeedFault(`A thread that decodes images ${how}.`, { cause });
    for (const opening of this.#openings.values()) {
      if (opening.worker === worker) opening.reject(fault);
    }
  }
}
