import { checkTrainerCursor, type TrainerChanges } from '@blockwise/db';
import type { TrainerHub, Watcher } from './hub.ts';
import { watchedPages } from './watched-pages.ts';

/** Trainers of one payload. */
const pageTrainers = 200;
/** A look without a notice, in case one was lost with its connection. */
const safetyPollMilliseconds = 5000;

/**
 * Trainers that have changed since a cursor (all without one), then live, in pages that are never
 * empty. The reader pulls: one that is slow gets each trainer as it is when it reads.
 *
 * @throws DomainError BAD_INPUT, path ['after']
 */
export function followTrainers(
  hub: TrainerHub,
  after: string | undefined,
): AsyncIterableIterator<TrainerChanges> {
  checkTrainerCursor(after);
  const watcher = hub.watch();
  return watchedPages(watcher, generatePages(hub, watcher, after));
}

async function* generatePages(
  hub: TrainerHub,
  watcher: Watcher,
  after: string | undefined,
): AsyncGenerator<TrainerChanges, undefined> {
  let cursor = after;
  try {
    while (!watcher.closed) {
      const page = await hub.read(cursor, pageTrainers);
      cursor = page.cursor;
      if (page.trainers.length > 0) yield page;
      else await watcher.wait(safetyPollMilliseconds);
    }
  } finally {
    watcher.close();
  }
}
