import {
  eventChannel,
  type Failure,
  isFinalSearchState,
  type Phase,
  type SearchEvent,
  type SearchPriority,
  type SearchState,
  searchEvent,
  searchTransitions,
} from '@blockwise/contracts';
import { type Happening, tell } from '@blockwise/telemetry';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import { announceSearch } from './webhooks/announce-search.ts';

/** What a transaction may change of its search's row. */
export interface SearchPatch {
  readonly state?: SearchState;
  readonly phase?: Phase | null;
  readonly priority?: SearchPriority;
  /** Null: it does not count any more. */
  readonly failure?: Failure | null;
  readonly engine?: string;
}

/** A search whose row is locked until the transaction ends. */
export interface LockedSearch {
  readonly id: string;
  readonly teamId: string;
  readonly state: SearchState;
  readonly phase: Phase | null;
  readonly priority: SearchPriority;
}

/** One transaction on one search; events and changes collected here are written at its end. */
export interface SearchTransaction {
  readonly tx: Prisma.TransactionClient;
  readonly search: LockedSearch;
  emit(event: SearchEvent): void;
  change(patch: SearchPatch): void;
  /** Told to this process once the transaction is committed. */
  happened(happening: Happening): void;
}

/**
 * Runs a short transaction that holds the search's row. All writers of a search queue for that one
 * lock, first thing: so cursors follow the order of commits without gaps, "the last one starts the
 * next phase" happens once, and no two writers wait for each other. Only `before` runs ahead of the
 * lock: it is for the many rows of a rating, which no other holder of the lock writes.
 *
 * Returns null when there is no such search. `work` runs again when Postgres had to break a
 * deadlock (the queue's monitor takes its rows in an order of its own).
 */
export async function changeSearch<T>(
  db: Database,
  searchId: string,
  work: (transaction: SearchTransaction) => Promise<T>,
  before: (tx: Prisma.TransactionClient) => Promise<void> = async () => undefined,
): Promise<T | null> {
  let happenings: readonly Happening[] = [];
  const result = await retryDeadlocks(() =>
    db.prisma.$transaction(async (tx) => {
      await before(tx);
      const [search] = await tx.$queryRaw<LockedSearch[]>`
        SELECT id, team_id AS "teamId", state::text AS state, phase::text AS phase,
          priority::text AS priority
        FROM search WHERE id = ${searchId}::uuid FOR NO KEY UPDATE`;
      if (search === undefined) {
        return null;
      }
      const collected: Happening[] = [];
      happenings = collected;
      return collectChanges(tx, search, work, (happening) => collected.push(happening));
    }),
  );
  for (const happening of happenings) tell(happening);
  return result;
}

/** Runs `work` on a search that this transaction holds, then writes what it emitted and changed. */
export async function collectChanges<T>(
  tx: Prisma.TransactionClient,
  search: LockedSearch,
  work: (transaction: SearchTransaction) => Promise<T>,
  happened: SearchTransaction['happened'] = () => undefined,
): Promise<T> {
  const events: SearchEvent[] = [];
  let patch: SearchPatch = {};
  const result = await work({
    tx,
    search,
    emit: (event) => events.push(event),
    change: (more) => {
      patch = { ...patch, ...more };
    },
    happened,
  });
  await writeChanges(tx, search, patch, events);
  return result;
}

async function writeChanges(
  tx: Prisma.TransactionClient,
  search: LockedSearch,
  patch: SearchPatch,
  events: readonly SearchEvent[],
): Promise<void> {
  const state = patch.state ?? search.state;
  const phase = patch.phase === undefined ? search.phase : patch.phase;
  const priority = patch.priority ?? search.priority;
  if (state !== search.state && !searchTransitions[search.state].includes(state)) {
    throw new Error(`a search cannot go from ${search.state} to ${state}`);
  }
  const all = [...events];
  if (state !== search.state || phase !== search.phase || priority !== search.priority) {
    all.push({ kind: 'SEARCH_CHANGED', state, phase, failure: patch.failure ?? null, priority });
  }
  const now = new Date();
  const changeRow = async () => {
    if (all.length === events.length && patch.engine === undefined && patch.failure === undefined) {
      return;
    }
    await tx.search.update({
      where: { id: search.id },
      select: { id: true },
      data: {
        state,
        phase,
        priority,
        ...(patch.engine === undefined ? {} : { engine: patch.engine }),
        ...(patch.failure === undefined
          ? {}
          : {
              failureCode: patch.failure?.code ?? null,
              failureMessage: patch.failure?.message ?? null,
            }),
        ...(search.state === 'QUEUED' && state === 'RUNNING' ? { startedAt: now } : {}),
        ...(state === search.state ? {} : { finishedAt: isFinalSearchState(state) ? now : null }),
      },
    });
  };
  // The row of a search that has failed or was cancelled takes no event: those come before the end.
  if (isFinalSearchState(state)) {
    await appendEvents(tx, search.id, all, now);
    await changeRow();
  } else {
    await changeRow();
    await appendEvents(tx, search.id, all, now);
  }
  // Another phase or priority is no end that webhooks tell of, whatever the state.
  await announceSearch(tx, search.id, state === search.state ? events : all);
}

async function appendEvents(
  tx: Prisma.TransactionClient,
  searchId: string,
  events: readonly SearchEvent[],
  at: Date,
): Promise<void> {
  if (events.length > 0) {
    await tx.$queryRaw`
      WITH held AS (SELECT ${searchId}::uuid AS search_id), ${appendedEvents(events, at)}`;
  }
}

/**
 * What moves the cursor of the search in `held` on, writes the events behind where it was and
 * notifies once: the end of one statement, because every other writer of the search waits meanwhile.
 * It answers a row if `held` has one.
 */
export function appendedEvents(events: readonly SearchEvent[], at: Date): Prisma.Sql {
  // Parsed on the way in: what lies in the table can be read for ever.
  const rows = events.map((event) => {
    const { kind, ...payload } = searchEvent.parse(event);
    return { kind, payload };
  });
  const kinds = rows.map(({ kind }) => kind);
  const payloads = JSON.stringify(rows.map(({ payload }) => payload));
  return Prisma.sql`
    moved AS (
      UPDATE search SET event_cursor = event_cursor + ${rows.length}::int
      FROM held WHERE search.id = held.search_id RETURNING search.id, search.event_cursor
    ), written AS (
      INSERT INTO event (search_id, cursor, kind, payload, at)
      SELECT id, event_cursor - ${rows.length}::int + nr, kind, payload, ${at}::timestamptz
      FROM moved, ROWS FROM (unnest(${kinds}::text[]), jsonb_array_elements(${payloads}::jsonb))
        WITH ORDINALITY AS new (kind, payload, nr)
    )
    SELECT pg_notify(${eventChannel},
      format('{"searchId":"%s","cursor":%s}', id, event_cursor))::text FROM moved`;
}

const deadlockRetries = 5;

async function retryDeadlocks<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (attempt > deadlockRetries || !isDeadlock(error)) {
        throw error;
      }
    }
  }
}

/** Prisma names a deadlock or a serialization failure P2034, in raw queries by Postgres' own code. */
function isDeadlock(error: unknown): boolean {
  return (
    error instanceof Prisma.PrismaClientKnownRequestError &&
    (error.code === 'P2034' || /\b40P01\b|\b40001\b/.test(error.message))
  );
}
