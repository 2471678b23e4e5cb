import { cursorBehind, isFromElsewhere, isNews, positionOf } from './changes-since.ts';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import { checkFirst } from './page.ts';
import { type Repeated, repeat } from './repeat.ts';
import type { TrainerRow } from './rows.ts';
import { lostBefore, readTrainers } from './trainers.ts';

/** Trainers that have changed since a cursor, as they are now, and the cursor to go on from. */
export interface TrainerChanges {
  readonly trainers: readonly TrainerRow[];
  readonly cursor: string;
}

const order = 'trainers changed';

/**
 * Trainers that have appeared or changed (name, engine, device, state, jobs) since a cursor, each
 * once however often it did; all there are without one. Whatever was committed in whatever order is
 * found, because the cursor holds which transactions its reader has seen. A trainer that changes
 * while a reader goes from page to page may come twice.
 *
 * @param first trainers at most, 1 to 1000
 * @throws DomainError BAD_INPUT, path ['first'] or ['after']
 */
export async function readTrainerChanges(
  db: Database,
  after: string | undefined,
  first: number,
): Promise<TrainerChanges> {
  const position = positionOf(order, after);
  const limit = checkFirst(first) + 1;
  const [found] = await db.prisma.$queryRaw<{ snapshot: string; ids: string[] }[]>`
    SELECT pg_current_snapshot()::text AS snapshot, ARRAY(
      SELECT id FROM (${changedSince(position.since)}) AS changed
      WHERE id > ${position.lastId} ORDER BY id LIMIT ${limit}
    ) AS ids`;
  const { snapshot = '', ids = [] } = found ?? {};
  const page = ids.slice(0, first);
  if (page.length === 0 && after !== undefined && position.lastId === '') {
    return { trainers: [], cursor: after };
  }
  const more = ids.length > first ? (page.at(-1) ?? null) : null;
  const rows = new Map((await readTrainers(db, page)).map((row) => [row.id, row]));
  return {
    trainers: page.flatMap((id) => rows.get(id) ?? []),
    cursor: cursorBehind(order, position, snapshot, more),
  };
}

/** @throws DomainError BAD_INPUT, path ['after'], for what is no cursor of {@link readTrainerChanges} */
export function checkTrainerCursor(after: string | undefined): void {
  positionOf(order, after);
}

/**
 * Notes of trainers that have been silent for too long that they are lost, so that readers are told.
 * Each silence is noted once, whoever looks.
 */
export async function noteLostTrainers(db: Database): Promise<number> {
  const { count } = await db.prisma.trainer.updateMany({
    where: { lost: false, lastSeen: { lt: lostBefore() } },
    data: { lost: true },
  });
  return count;
}

/** Calls {@link noteLostTrainers} again and again. */
export function watchLostTrainers(
  db: Database,
  options: {
    readonly everySeconds: number;
    /** How many were noted, whenever some were. */
    readonly onLost?: (count: number) => void;
    readonly onError: (error: unknown) => void;
  },
): Repeated {
  return repeat(async () => {
    const count = await noteLostTrainers(db);
    if (count > 0) options.onLost?.(count);
  }, options);
}

/** Ids of trainers that themselves or whose runs were changed by transactions that a snapshot does not show. */
function changedSince(snapshot: string): Prisma.Sql {
  if (snapshot === '') return Prisma.sql`SELECT id FROM trainer`;
  const news = isNews(Prisma.sql`changed_in`, snapshot);
  return Prisma.sql`
    SELECT id FROM trainer WHERE ${news}
    UNION SELECT trainer_id FROM run WHERE ${news}
    UNION SELECT id FROM trainer WHERE ${isFromElsewhere(snapshot)}`;
}
