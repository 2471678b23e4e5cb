import path from 'node:path';
import { migrate } from '@blockwise/db';
import { startPostgres } from '@blockwise/postgres';
import type { Guard } from './guard.ts';
import { PartFailure } from './refusal.ts';
import type { StateFolder } from './state-folder.ts';

export interface PlatformDatabase {
  readonly url: string;
  /** Where the embedded server really keeps its files; undefined for a server of someone else's. */
  readonly place: string | undefined;
  /** Resolves when the embedded server ends; never for another server. */
  readonly ended: Promise<void>;
  readonly logFile: string;
  stop(): Promise<void>;
}

/**
 * The server that `given` (DATABASE_URL) names, or an embedded one in the state folder.
 *
 * @throws PartFailure when it does not start
 */
export async function openPlatformDatabase(
  state: StateFolder,
  guard: Guard,
  given: string | undefined,
): Promise<PlatformDatabase> {
  const logFile = path.join(state.logs, 'postgres.log');
  if (given !== undefined) {
    return {
      url: given,
      place: undefined,
      ended: new Promise(() => {}),
      logFile,
      stop: async () => {},
    };
  }
  let leader: number | undefined;
  try {
    const server = await startPostgres({
      folder: state.database,
      logFile,
      durable: true,
      ownGroup: true,
      onSpawn(pid) {
        leader = pid;
        guard.started(pid, 'SIGINT');
      },
    });
    const ended = server.ended.then(() => guard.ended(server.pid));
    return { url: server.url, place: server.place, ended, logFile, stop: server.stop };
  } catch (error) {
    if (leader !== undefined) guard.ended(leader);
    throw new PartFailure(`PostgreSQL did not start. ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/**
 * Brings the schema up to date.
 *
 * @returns names of the migrations that were applied
 * @throws PartFailure when the server cannot be reached or refuses
 */
export async function migrateDatabase(url: string): Promise<readonly string[]> {
  try {
    return (await migrate(url)).applied;
  } catch (error) {
    throw new PartFailure(
      `The database cannot be brought up to date: ${(error as Error).message}`,
      {
        cause: error,
      },
    );
  }
}
