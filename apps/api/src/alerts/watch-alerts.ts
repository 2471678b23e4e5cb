import {
  type AlertChange,
  type Database,
  divergedSearches,
  growingQueue,
  lostTrainers,
  type Repeated,
  repeat,
  settleAlerts,
  stalledSearches,
} from '@blockwise/db';
import { lowDisk } from './disk-low.ts';

export interface AlertOptions {
  readonly everySeconds: number;
  /** A running job that has told nothing for so long stalls. */
  readonly stalledSeconds: number;
  /** Where artifacts lie; null where they lie in no folder. */
  readonly artifactFolder: string | null;
  readonly onChange: (change: AlertChange) => void;
  readonly onError: (error: unknown) => void;
}

/** Looks again and again for what webhooks warn of. Every API process may: each alert is told once. */
export function watchAlerts(
  database: Database,
  { stalledSeconds, artifactFolder, onChange, ...options }: AlertOptions,
): Repeated {
  return repeat(async () => {
    const looks = [
      lostTrainers(database),
      stalledSearches(database, stalledSeconds),
      divergedSearches(database),
      growingQueue(database),
      ...(artifactFolder === null ? [] : [lowDisk(artifactFolder)]),
    ];
    for (const found of await Promise.allSettled(looks)) {
      if (found.status === 'rejected') options.onError(found.reason);
      else (await settleAlerts(database, found.value)).forEach(onChange);
    }
  }, options);
}
