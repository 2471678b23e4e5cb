import { DomainError } from '@blockwise/contracts';
import type { FromThread } from './protocol.ts';

/** Points of one curve in columns: the value of step `steps[i]` was known at `wallTimes[i]`. */
export interface CurveColumn {
  key: string;
  steps: number[];
  values: number[];
  /** Seconds since the Unix epoch. */
  wallTimes: number[];
}

/** How far a task is. */
export interface TaskProgress {
  readonly done: number;
  readonly total: number;
  readonly unit: string;
  /** `done` per second since the report before; null in the first one. */
  readonly perSecond: number | null;
  readonly note: string | null;
}

const reportEveryMilliseconds = 1000;

/**
 * What a task says while it computes. Points and progress leave in batches, about one per second;
 * a checkpoint and the end of the task send what is waiting first, so that every point up to a
 * checkpoint's step is delivered before the checkpoint is.
 */
export class Reporter {
  readonly #post: (message: FromThread, transfer?: ArrayBuffer[]) => void;
  #columns = new Map<string, CurveColumn>();
  #progress: Omit<TaskProgress, 'perSecond'> | null = null;
  #reported: { done: number; note: string | null; at: number } | null = null;
  #flushedAt = Number.NEGATIVE_INFINITY;

  constructor(post: (message: FromThread, transfer?: ArrayBuffer[]) => void) {
    this.#post = post;
  }

  /** @throws DomainError DIVERGED when the value is not finite: that is a failure, not a point */
  point(key: string, step: number, value: number): void {
    if (!Number.isFinite(value)) {
      throw new DomainError('DIVERGED', `${key} became ${value} at step ${step}.`);
    }
    let column = this.#columns.get(key);
    if (!column) {
      column = { key, steps: [], values: [], wallTimes: [] };
      this.#columns.set(key, column);
    }
    column.steps.push(step);
    column.values.push(value);
    column.wallTimes.push(Date.now() / 1000);
    this.#flushWhenDue();
  }

  progress(done: number, total: number, unit: string, note: string | null = null): void {
    this.#progress = { done, total, unit, note };
    this.#flushWhenDue();
  }

  /** Hands a resumable state over: `bytes` are moved, not copied, and must not be used afterwards. */
  checkpoint(step: number, bytes: Uint8Array): void {
    this.flush();
    const owned = ownBuffer(bytes);
    this.#post({ kind: 'checkpoint', step, bytes: owned }, [owned.buffer]);
  }

  /**
   * The training begins again at its first step: every point so far is void. `bytes`, moved, are the
   * state to begin from, as of step 0.
   */
  restart(reason: string, bytes: Uint8Array): void {
    this.flush();
    const owned = ownBuffer(bytes);
    this.#post({ kind: 'restart', reason, bytes: owned }, [owned.buffer]);
  }

  /** Tells people something that they should know, in words. */
  warning(text: string): void {
    this.flush();
    this.#post({ kind: 'warning', text });
  }

  /** Sends whatever is waiting. */
  flush(): void {
    this.#flushedAt = performance.now();
    if (this.#columns.size > 0) {
      this.#post({ kind: 'points', columns: [...this.#columns.values()] });
      this.#columns = new Map();
    }
    if (this.#progress) {
      this.#post({ kind: 'progress', progress: this.#withRate(this.#progress) });
      this.#progress = null;
    }
  }

  #flushWhenDue(): void {
    if (performance.now() - this.#flushedAt >= reportEveryMilliseconds) this.flush();
  }

  #withRate(progress: Omit<TaskProgress, 'perSecond'>): TaskProgress {
    const now = performance.now();
    const before = this.#reported;
    this.#reported = { done: progress.done, note: progress.note, at: now };
    // A rate across two notes would mix two kinds of work.
    const comparable = before && before.note === progress.note && now > before.at;
    const perSecond = comparable
      ? Math.max(0, (1000 * (progress.done - before.done)) / (now - before.at))
      : null;
    return { ...progress, perSecond };
  }
}

/** The same bytes in a buffer that holds nothing else, as moving between threads needs it. */
function ownBuffer(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
  return whole && bytes.buffer instanceof ArrayBuffer
    ? new Uint8Array(bytes.buffer)
    : new Uint8Array(bytes);
}
