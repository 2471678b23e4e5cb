import { type MessagePort, SHARE_ENV, Worker } from 'node:worker_threads';
import { DomainError } from '@blockwise/contracts';
import type { LoadProgress } from '@blockwise/datasets';
import type { FeatureUse } from '@blockwise/db';
import type { Engine } from '@blockwise/engine';
import type { WindowUser } from '../features/feature-windows.ts';
import type { ImageLibrary, ImageUser } from '../images/image-library.ts';
import { ComputeFault, fromFailure, toFailure } from './failure.ts';
import type { ImageAnswer, ImageCall } from './image-client.ts';
import type {
  FromThread,
  TaskName,
  TaskRequest,
  TaskResult,
  ThreadSettings,
  ToThread,
} from './protocol.ts';
import type { CurveColumn, TaskProgress } from './reporter.ts';
import { UnreadableCheckpoint } from './resume.ts';
import { type StopSignal, TaskStopped } from './stop-signal.ts';
import type { WindowCall } from './window-client.ts';

/** Hears what a task says while it runs; called in order, never after the task has ended. */
export interface TaskListener {
  onProgress(progress: TaskProgress): void;
  onPoints(columns: CurveColumn[]): void;
  onCheckpoint(step: number, bytes: Uint8Array): void;
  onRestart(reason: string, bytes: Uint8Array): void;
  onWarning(text: string): void;
  /** What the cache of features did for the task, as it ends. */
  onFeatures(use: FeatureUse): void;
  /** What the task has to do with feature windows; it is given back when the task ends. */
  readonly windows: WindowUser;
}

/** JavaScript heap of a thread; images and tensors live outside it. */
const heapMegabytes = 4096;

interface RunningTask {
  readonly task: TaskName;
  readonly listener: TaskListener;
  readonly settle: (outcome: { result: TaskResult<TaskName> } | { error: Error }) => void;
}

/**
 * One worker thread that runs one task at a time. A thread that crashed, ran out of memory, or ended a
 * task in a way nobody expected, is replaced before the next task: its tensors may be in any condition.
 */
export class ComputeThread {
  readonly #settings: ThreadSettings;
  readonly #images: ImageUser;
  /** Of what the running task waits for. */
  #opening: AbortController | null = null;
  #worker: Worker | null = null;
  #ready: Promise<Engine> | null = null;
  #running: RunningTask | null = null;

  /** @param images where its tasks have their data sets from */
  constructor(settings: ThreadSettings, images: ImageLibrary) {
    this.#settings = settings;
    this.#images = images.user();
  }

  /**
   * Starts the thread if it does not run.
   *
   * @throws DomainError ENGINE_UNAVAILABLE
   */
  engine(): Promise<Engine> {
    this.#ready ??= this.#start();
    return this.#ready;
  }

  /**
   * @throws TaskStopped when the signal ended it
   * @throws UnreadableCheckpoint when it could not go on from where it was to
   * @throws DomainError for expected failures of the task
   * @throws ComputeFault for unexpected ones, crashes of the thread included
   */
  async run<N extends TaskName>(
    task: N,
    request: TaskRequest<N>,
    stop: StopSignal,
    listener: TaskListener,
  ): Promise<TaskResult<N>> {
    await this.engine();
    const worker = this.#worker;
    if (!worker) throw new ComputeFault('The compute thread ended before the task began.');
    if (this.#running) throw new Error('a compute thread runs one task at a time');
    return await new Promise((resolve, reject) => {
      this.#running = {
        task,
        listener,
        settle: (outcome) => {
          this.#running = null;
          listener.windows.leave();
          if ('error' in outcome) reject(outcome.error);
          else resolve(outcome.result as TaskResult<N>);
        },
      };
      worker.postMessage({ kind: 'task', task, request, stop: stop.memory } as ToThread);
    });
  }

  async close(): Promise<void> {
    await this.#discard()?.terminate();
  }

  #start(): Promise<Engine> {
    const worker = new Worker(new URL('./thread.ts', import.meta.url), {
      workerData: this.#settings,
      // TensorFlow's library reads the environment of the process, which an engine sets for it.
      env: SHARE_ENV,
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
    });
    this.#worker = worker;
    return new Promise((resolve, reject) => {
      const end = (error: Error) => {
        if (this.#worker === worker) this.#discard();
        reject(error);
        this.#running?.settle({ error });
      };
      worker.on('message', (message: FromThread) => {
        if (message.kind === 'ready') resolve(message.engine);
        else if (message.kind === 'failure') this.#failed(message, end);
        else this.#heard(message);
      });
      worker.on('error', (error) => {
        end(crashOf(error, this.#running?.task));
      });
      worker.on('exit', (status) => {
        if (this.#worker === worker) {
          end(new ComputeFault(`The compute thread exited with status ${status}.`));
        }
      });
    });
  }

  #failed({ failure }: FromThread & { kind: 'failure' }, end: (error: Error) => void): void {
    const error = fromFailure(failure);
    // After it ran out of memory a thread is replaced too: a new one begins with all there is.
    if (this.#running && failure.code !== null && failure.code !== 'OUT_OF_MEMORY') {
      this.#running.settle({ error });
      return;
    }
    const worker = this.#worker;
    end(error);
    void worker?.terminate();
  }

  #heard(message: Exclude<FromThread, { kind: 'ready' | 'failure' }>): void {
    // A thread that was given up may still deliver what it had posted.
    if (!this.#running) return;
    const { listener, settle } = this.#running;
    switch (message.kind) {
      case 'progress':
        listener.onProgress(message.progress);
        break;
      case 'points':
        listener.onPoints(message.columns);
        break;
      case 'checkpoint':
        listener.onCheckpoint(message.step, message.bytes);
        break;
      case 'restart':
        listener.onRestart(message.reason, message.bytes);
        break;
      case 'features':
        listener.onFeatures(message.use);
        break;
      case 'warning':
        listener.onWarning(message.text);
        break;
      case 'window':
        void this.#callWindows(message.call, this.#running);
        break;
      case 'images':
        void this.#callImages(message.call, this.#running);
        break;
      case 'result':
        settle({ result: message.result });
        break;
      case 'stopped':
        settle({ error: new TaskStopped('The task was stopped.') });
        break;
      case 'unreadable':
        settle({ error: new UnreadableCheckpoint(message.reason) });
        break;
      default:
        unknownMessage(message);
    }
  }

  async #callWindows(call: WindowCall, task: RunningTask): Promise<void> {
    const { windows } = task.listener;
    if (call.call !== 'take') {
      windows[call.call](call.name);
      return;
    }
    const answer = await windows.take(call.request, call.ahead).then(
      (grant) => ({ grant }),
      (error: unknown) => ({ error: String(error) }),
    );
    // The answer to a task that has ended concerns nobody.
    if (this.#running !== task) return;
    this.#worker?.postMessage({ kind: 'window', answer } satisfies ToThread);
  }

  async #callImages(call: ImageCall, task: RunningTask): Promise<void> {
    if (call.call === 'giveUp') {
      this.#opening?.abort(new TaskStopped('The loading was stopped.'));
      return;
    }
    const opening = new AbortController();
    this.#opening = opening;
    // The answer to a task that has ended concerns nobody.
    const answer = (answer: ImageAnswer, ports: MessagePort[] = []) => {
      if (this.#running !== task) for (const port of ports) port.close();
      else this.#worker?.postMessage({ kind: 'images', answer } satisfies ToThread, ports);
    };
    try {
      const onProgress = (progress: LoadProgress) => answer({ progress });
      const images = await this.#images.open(call.request, onProgress, opening.signal);
      answer({ images }, images.ports);
    } catch (error) {
      answer({ failure: toFailure(error) });
    }
  }

  #discard(): Worker | null {
    this.#opening?.abort(new TaskStopped('The thread ended.'));
    this.#images.leave();
    const worker = this.#worker;
    this.#worker = null;
    this.#ready = null;
    return worker;
  }
}

function crashOf(error: Error, task: TaskName | undefined): Error {
  if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return new DomainError(
      'OUT_OF_MEMORY',
      `The task ${task ?? 'none'} needs more JavaScript memory than a compute thread has ` +
        `(${heapMegabytes} MB).`,
      { cause: error },
    );
  }
  return new ComputeFault(`The compute thread crashed: ${error.message}`, { cause: error });
}

function unknownMessage(message: never): never {
  throw new Error(`a compute thread sent ${JSON.stringify(message)}`);
}
