import type { WindowGrant, WindowRequest } from '../features/feature-windows.ts';
import { type StopSignal, TaskStopped } from './stop-signal.ts';

/** What a task tells the main thread about feature windows; only `take` is answered. */
export type WindowCall =
  | {
      readonly call: 'take';
      readonly request: WindowRequest;
      readonly ahead: readonly WindowRequest[];
    }
  | { readonly call: 'completed' | 'release'; readonly name: string };

/** The main thread's answer to a `take`. */
export type WindowAnswer = { readonly grant: WindowGrant } | { readonly error: string };

const stopCheckMilliseconds = 100;

/** A task's side of the feature windows that the trainer's threads share. */
export class WindowClient {
  readonly #post: (call: WindowCall) => void;
  readonly #stop: StopSignal;
  #waiting: ((answer: WindowAnswer) => void) | null = null;

  constructor(post: (call: WindowCall) => void, stop: StopSignal) {
    this.#post = post;
    this.#stop = stop;
  }

  /**
   * Waits while another task computes the window; see `WindowUser`.
   *
   * @throws TaskStopped when the task was asked to stop meanwhile
   */
  async take(request: WindowRequest, ahead: readonly WindowRequest[]): Promise<WindowGrant> {
    let check: NodeJS.Timeout | undefined;
    try {
      const answer = await new Promise<WindowAnswer>((resolve, reject) => {
        this.#waiting = resolve;
        check = setInterval(() => {
          if (this.#stop.read() === null) return;
          reject(new TaskStopped('The task was stopped while it waited for features.'));
        }, stopCheckMilliseconds);
        this.#post({ call: 'take', request, ahead });
      });
      if ('error' in answer) throw new Error(answer.error);
      return answer.grant;
    } finally {
      clearInterval(check);
      this.#waiting = null;
    }
  }

  completed(name: string): void {
    this.#post({ call: 'completed', name });
  }

  release(name: string): void {
    this.#post({ call: 'release', name });
  }

  answer(answer: WindowAnswer): void {
    this.#waiting?.(answer);
  }
}
