import { type EntryState, rankedStates } from '@blockwise/contracts';
import type { Database } from '../database.ts';
import { Prisma } from '../generated/client.ts';
import { allOf, type Range, within } from '../keys.ts';
import { type OwnedList, ownedList } from '../owned-list.ts';
import { checkFirst, decodeCursor, encodeCursor, toPage } from '../page.ts';
import { isUuid } from '../uuid.ts';
import { ranked } from './board-transaction.ts';
import { toEntryRow } from './from-board-rows.ts';
import type { EntryRow, LeadRow } from './rows.ts';

/** TOP1: of equals who came first is the better. */
export type EntryOrderField = 'TOP1' | 'PARAMS' | 'MACS' | 'ENTERED_AT';

export interface EntryFilter {
  /** Those with a place, unless told. */
  readonly states?: readonly EntryState[] | null | undefined;
  readonly searchId?: string | null | undefined;
  readonly teamId?: string | null | undefined;
  readonly networkId?: string | null | undefined;
  readonly params?: Range | null | undefined;
  readonly macs?: Range | null | undefined;
}

/** Entries of boards, the best first if nothing else is asked for. */
export const entriesOfBoards = ownedList<EntryRow, EntryFilter, EntryOrderField>({
  name: 'entries',
  from: Prisma.sql`entry`,
  id: Prisma.sql`entry.id`,
  owner: Prisma.sql`entry.leaderboard_id`,
  usual: 'TOP1',
  orders: {
    TOP1: { value: Prisma.sql`top1`, type: 'number', direction: 'DESC', ids: 'OPPOSITE' },
    // Exact below 2^53, as the costs themselves are shown.
    PARAMS: { value: Prisma.sql`params::float8`, type: 'number', direction: 'ASC' },
    MACS: { value: Prisma.sql`macs::float8`, type: 'number', direction: 'ASC' },
    ENTERED_AT: { value: Prisma.sql`created_at`, type: 'time', direction: 'ASC' },
  },
  where({ states, searchId, teamId, networkId, params, macs } = {}) {
    return allOf([
      Prisma.sql`entry.state = ANY(${[...(states ?? rankedStates)]}::entry_state[])`,
      searchId ? Prisma.sql`entry.search_id = ${searchId}::uuid` : null,
      teamId ? Prisma.sql`entry.team_id = ${teamId}::uuid` : null,
      networkId ? Prisma.sql`entry.network_id = ${networkId}::uuid` : null,
      within(Prisma.sql`entry.params`, params),
      within(Prisma.sql`entry.macs`, macs),
    ]);
  },
  read: readEntries,
  idOf: ({ id }) => id,
});

export async function readEntry(db: Database, id: string): Promise<EntryRow | null> {
  const row = isUuid(id) ? await db.prisma.entry.findUnique({ where: { id } }) : null;
  return row === null ? null : toEntryRow(row);
}

export async function readEntries(db: Database, ids: readonly string[]): Promise<EntryRow[]> {
  const rows = await db.prisma.entry.findMany({ where: { id: { in: [...ids] } } });
  return rows.map(toEntryRow);
}

/** Entries of networks on any board, the earliest first. */
export async function entriesOfNetworks(
  db: Database,
  networkIds: readonly string[],
): Promise<EntryRow[]> {
  const rows = await db.prisma.entry.findMany({
    where: { networkId: { in: [...networkIds] } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(toEntryRow);
}

/** Place of entries on their boards; 1 is the best. Entries without a place are left out. */
export async function ranksOfEntries(
  db: Database,
  ids: readonly string[],
): Promise<{ id: string; rank: number }[]> {
  return db.prisma.$queryRaw<{ id: string; rank: number }[]>`
    SELECT mine.id, (
      SELECT count(*)::int + 1 FROM entry AS better
      WHERE better.leaderboard_id = mine.leaderboard_id
        AND better.state = ANY(${[...rankedStates]}::entry_state[])
        AND (better.top1 > mine.top1 OR better.top1 = mine.top1 AND better.id < mine.id)
    ) AS rank
    FROM entry AS mine
    WHERE mine.id = ANY(${[...ids]}::uuid[]) AND mine.state = ANY(${[...rankedStates]}::entry_state[])`;
}

/** The leading entries of boards that have one. */
export async function leadersOfBoards(
  db: Database,
  leaderboardIds: readonly string[],
): Promise<EntryRow[]> {
  const leaders = await db.prisma.$queryRaw<{ id: string }[]>`
    SELECT leader.id FROM unnest(${[...leaderboardIds]}::uuid[]) AS board (id) CROSS JOIN LATERAL (
      SELECT id FROM entry
      WHERE leaderboard_id = board.id AND state = ANY(${[...rankedStates]}::entry_state[])
      ORDER BY top1 DESC, id LIMIT 1
    ) AS leader`;
  return readEntries(
    db,
    leaders.map(({ id }) => id),
  );
}

/** How many entries with a place boards have; boards without one are left out. */
export async function countsOfBoards(
  db: Database,
  leaderboardIds: readonly string[],
): Promise<{ leaderboardId: string; count: number }[]> {
  const groups = await db.prisma.entry.groupBy({
    by: ['leaderboardId'],
    where: { leaderboardId: { in: [...leaderboardIds] }, state: ranked },
    _count: { _all: true },
  });
  return groups.map(({ leaderboardId, _count }) => ({ leaderboardId, count: _count._all }));
}

/** Who led boards when, the latest first if nothing else is asked for. */
export const leadsOfBoards: OwnedList<LeadRow, undefined, 'SINCE'> = {
  async pages(db, leaderboardIds, page) {
    const first = checkFirst(page.first);
    const direction = page.orderBy?.direction ?? 'DESC';
    const name = `leads ${direction}`;
    const key = decodeCursor(name, page.after, isCursorKey);
    const side = Prisma.raw(direction);
    const behind =
      key === null
        ? Prisma.sql`true`
        : Prisma.sql`cursor ${Prisma.raw(direction === 'DESC' ? '<' : '>')} ${key[0]}`;
    const rows = await db.prisma.$queryRaw<(LeadRow & { leaderboardId: string })[]>`
      SELECT board.id AS "leaderboardId", leads.*
      FROM unnest(${[...leaderboardIds]}::uuid[]) AS board (id) CROSS JOIN LATERAL (
        SELECT * FROM (
          SELECT cursor, entry_id AS "entryId", top1, at AS since,
            lead(at) OVER (ORDER BY cursor) AS until
          FROM leaderboard_event WHERE leaderboard_id = board.id AND kind = 'LEADER_CHANGED'
        ) AS lead
        WHERE ${behind} ORDER BY cursor ${side} LIMIT ${first + 1}
      ) AS leads
      ORDER BY leads.cursor ${side}`;
    const toEdge = ({ leaderboardId: _, ...node }: (typeof rows)[number]) => ({
      cursor: encodeCursor(name, [node.cursor, node.cursor]),
      node,
    });
    return new Map(
      leaderboardIds.map((id) => {
        const own = rows.filter(({ leaderboardId }) => leaderboardId === id);
        return [id, toPage(own, first, toEdge)];
      }),
    );
  },
  async counts(db, leaderboardIds) {
    const groups = await db.prisma.leaderboardEvent.groupBy({
      by: ['leaderboardId'],
      where: { leaderboardId: { in: [...leaderboardIds] }, kind: 'LEADER_CHANGED' },
      _count: { _all: true },
    });
    const counts = new Map(groups.map(({ leaderboardId, _count }) => [leaderboardId, _count._all]));
    return new Map(leaderboardIds.map((id) => [id, counts.get(id) ?? 0]));
  },
};

function isCursorKey(key: readonly unknown[]): key is [cursor: number, same: number] {
  return key.length === 2 && key.every((value) => Number.isInteger(value));
}
