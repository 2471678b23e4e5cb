import { Worker } from 'node:worker_threads';
import { DomainError } from '@blockwise/contracts';
import type { Answered, Asked, Operations } from './operations.ts';

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/**
 * A thread beside the one that answers requests, so that a long search holds up nobody but other
 * searches. It starts with the first question, and anew after a crash.
 */
export class Solver {
  #worker: Worker | null = null;
  #asked = 0;
  readonly #waiting = new Map<number, Waiting>();

  /** @throws what the operation throws */
  run<Name extends keyof Operations>(
    name: Name,
    ...args: Parameters<Operations[Name]>
  ): Promise<ReturnType<Operations[Name]>> {
    this.#worker ??= this.#start();
    const worker = this.#worker;
    this.#asked += 1;
    const asked: Asked = { id: this.#asked, name, args };
    return new Promise((resolve, reject) => {
      this.#waiting.set(asked.id, {
        resolve: (result) => resolve(result as ReturnType<Operations[Name]>),
        reject,
      });
      worker.postMessage(asked);
    });
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
    this.#failAll(new Error('the server is closing'));
  }

  #start(): Worker {
    const worker = new Worker(new URL('./thread.ts', import.meta.url));
    // It never keeps a process alive that has nothing else to do.
    worker.unref();
    const lose = (error: Error) => {
      if (this.#worker !== worker) return;
      this.#worker = null;
      this.#failAll(error);
    };
    worker.on('message', (answered: Answered) => this.#settle(answered));
    worker.on('error', lose);
    worker.on('exit', (status) => lose(new Error(`the solving thread exited with ${status}`)));
    return worker;
  }

  #settle(answered: Answered): void {
    const waiting = this.#waiting.get(answered.id);
    this.#waiting.delete(answered.id);
    if ('result' in answered) {
      waiting?.resolve(answered.result);
    } else if ('refusal' in answered) {
      const { code, message, path, nearest } = answered.refusal;
      waiting?.reject(
        new DomainError(code, message, { path, ...(nearest === undefined ? {} : { nearest }) }),
      );
    } else {
      waiting?.reject(new Error(answered.fault));
    }
  }

  #failAll(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
