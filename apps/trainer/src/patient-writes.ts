import { setTimeout } from 'node:timers/promises';
import { type Attempt, isUnavailable } from '@blockwise/db';

export interface Patience {
  /** How long a write waits for a database that is away, seconds. */
  readonly forSeconds: number;
  readonly everySeconds: number;
  /** Told of the first failure of a write, and of what ended the waiting. */
  readonly onWait: (error: unknown) => void;
  /** Ends the waiting. */
  readonly shutdown: AbortSignal;
}

/**
 * The attempt, whose writes wait while the database is away: it restarts, or the network is cut. Every
 * write may be sent again: points that are stored are left out, and what ended the attempt before its
 * answer was lost is answered by ATTEMPT_STALE the second time.
 */
export function patientWrites(attempt: Attempt, patience: Patience): Attempt {
  const entries = Object.entries(attempt).map(([name, value]) => [
    name,
    // Whether it is still held is asked again and again as it is.
    typeof value === 'function' && name !== 'standing'
      ? (...args: unknown[]) => patiently(() => value(...args) as Promise<unknown>, patience)
      : value,
  ]);
  return Object.fromEntries(entries) as Attempt;
}

async function patiently<T>(write: () => Promise<T>, patience: Patience): Promise<T> {
  const { forSeconds, everySeconds, onWait, shutdown } = patience;
  const until = performance.now() + forSeconds * 1000;
  for (let told = false; ; ) {
    try {
      return await write();
    } catch (error) {
      if (!isUnavailable(error) || shutdown.aborted || performance.now() > until) throw error;
      if (!told) onWait(error);
      told = true;
    }
    await setTimeout(everySeconds * 1000, undefined, { signal: shutdown }).catch(() => undefined);
  }
}
