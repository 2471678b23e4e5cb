import { setTimeout as pause } from 'node:timers/promises';
import { logTail } from './log-tail.ts';
import type { RunningProcess } from './processes.ts';

/** A process that ends with this would not start any better: its configuration is wrong. */
const wrongConfiguration = 2;

/** More ends in a row than this, and it is not bad luck. */
const mostRestarts = 5;

export interface Supervised {
  /**
   * Resolves with a line for people when the process has ended too often, or cannot start as it is
   * configured; with undefined after
   * `stop`.
   */
  readonly failed: Promise<string | undefined>;
  stop(): Promise<void>;
}

export interface SupervisionTimes {
  /** Between an end and the next start: whatever ended it may need a moment to pass. */
  readonly pauseSeconds: number;
  /** A life of this length makes the ends before it forgotten. */
  readonly goodLifeSeconds: number;
}

const usualTimes: SupervisionTimes = { pauseSeconds: 1, goodLifeSeconds: 180 };

/**
 * Keeps a process running: it is started again when it ends without being asked to.
 *
 * @param start starts it once
 * @param onNotice gets one line at every restart
 */
export function supervise(
  start: () => RunningProcess,
  onNotice: (line: string) => void,
  { pauseSeconds, goodLifeSeconds }: SupervisionTimes = usualTimes,
): Supervised {
  const stopping = new AbortController();
  let current = start();
  const watch = async (): Promise<string | undefined> => {
    for (let ends = 1; ; ends += 1) {
      const begin = performance.now();
      const { code, signal } = await current.exited;
      if (stopping.signal.aborted) return undefined;
      if (performance.now() - begin >= goodLifeSeconds * 1000) ends = 1;
      if (code === wrongConfiguration) {
        const tail = await logTail(current.logFile);
        return `The ${current.name} cannot start as it is configured. ${tail}`;
      }
      const how = signal === null ? `with status ${code}` : `by ${signal}`;
      if (ends > mostRestarts) {
        const tail = await logTail(current.logFile);
        return `The ${current.name} ended ${how} for the ${ends}th time. ${tail}`;
      }
      onNotice(`The ${current.name} ended ${how}; it is started again and goes on with its jobs.`);
      await pauseOrStop(pauseSeconds, stopping.signal);
      // Nothing may be started any more when `stop` has looked for what to end.
      if (stopping.signal.aborted) return undefined;
      current = start();
    }
  };
  return {
    failed: watch(),
    async stop() {
      stopping.abort();
      await current.stop();
    },
  };
}

async function pauseOrStop(seconds: number, signal: AbortSignal): Promise<void> {
  try {
    await pause(seconds * 1000, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
