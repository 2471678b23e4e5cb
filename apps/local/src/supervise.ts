import { logTail } from './log-tail.ts';
import type { RunningProcess } from './processes.ts';

/** More ends than this, and it is not bad luck. */
const mostRestarts = 5;

export interface Supervised {
  /** Rejects with a line for people when the process has ended too often. Resolves after `stop`. */
  readonly failed: Promise<string | undefined>;
  stop(): Promise<void>;
}

/**
 * Keeps a process running: it is started again when it ends without being asked to.
 *
 * @param start starts it once
 * @param onNotice gets one line at every restart
 */
export function supervise(
  start: () => RunningProcess,
  onNotice: (line: string) => void,
): Supervised {
  let current = start();
  let stopping = false;
  const watch = async (): Promise<string | undefined> => {
    for (let restarts = 0; ; restarts += 1) {
      const { code, signal } = await current.exited;
      if (stopping) return undefined;
      const how = signal === null ? `with status ${code}` : `by ${signal}`;
      const tail = await logTail(current.logFile);
      if (restarts === mostRestarts) {
        return `The ${current.name} ended ${how} for the ${restarts + 1}th time. ${tail}`;
      }
      onNotice(`The ${current.name} ended ${how}; it is started again and goes on with its jobs.`);
      current = start();
    }
  };
  return {
    failed: watch(),
    async stop() {
      stopping = true;
      await current.stop();
    },
  };
}
