import { constants } from 'node:os';

/**
 * Resolves with the exit status of the first wish to stop: a signal, or the end of the process that
 * started us. Later ones change nothing: a terminal's Ctrl-C arrives twice, from the terminal and
 * from npm.
 */
export function stopWish(): Promise<number> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => resolve(128 + constants.signals[signal]));
    }
    process.on('disconnect', () => resolve(1));
    // A closed pipe (`| head`) must not end us before our processes have ended.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => resolve(1));
  });
}
