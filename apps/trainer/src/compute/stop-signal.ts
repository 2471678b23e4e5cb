/**
 * `suspend`: write a checkpoint after the current step, then stop (the trainer shuts down, or the
 * search is paused).
 * `stop`: stop after the current step and write nothing (cancelled, or given to another attempt).
 */
export type StopRequest = 'suspend' | 'stop';

const requests = [null, 'suspend', 'stop'] as const;

/**
 * Tells a task, between two of its steps, to go on or to stop. It lives in shared memory because a
 * thread that computes does not read messages. A request is never taken back; `stop` outranks `suspend`.
 */
export class StopSignal {
  readonly memory: SharedArrayBuffer;
  readonly #code: Int32Array;

  /** With `memory` it is another thread's view of the same signal. */
  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.memory = memory;
    this.#code = new Int32Array(memory);
  }

  request(request: StopRequest): void {
    if (Atomics.load(this.#code, 0) < requests.indexOf(request)) {
      Atomics.store(this.#code, 0, requests.indexOf(request));
    }
  }

  read(): StopRequest | null {
    return requests[Atomics.load(this.#code, 0)] ?? null;
  }
}

/** A task ended early because it was asked to. */
export class TaskStopped extends Error {
  override readonly name = 'TaskStopped';
}
