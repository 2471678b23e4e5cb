import { type EntryState, rankedStates } from '@blockwise/contracts';
import type { Database } from '../database.ts';
import type { Prisma } from '../generated/client.ts';
import {
  checkFirst,
  decodeCursor,
  encodeCursor,
  isNumberKey,
  type Page,
  type PageRequest,
  toPage,
} from '../page.ts';
import { isUuid } from '../uuid.ts';
import { ranked } from './board-transaction.ts';
import { toEntryRow } from './from-board-rows.ts';
import { type Direction, keyset } from './keyset.ts';
import type { EntryRow, LeadRow } from './rows.ts';

export type EntryOrderField = 'TOP1' | 'PARAMS' | 'MACS' | 'ENTERED_AT';

export interface EntryOrder {
  /** TOP1: of equals who came first is the better. */
  readonly field: EntryOrderField;
  /** DESC for TOP1, else ASC, unless told. */
  readonly direction?: Direction | null | undefined;
}

export interface EntryFilter {
  /** Those with a place, unless told. */
  readonly states?: readonly EntryState[] | null | undefined;
  readonly searchId?: string | null | undefined;
  readonly teamId?: string | null | undefined;
  readonly networkId?: string | null | undefined;
  readonly params?: Range | null | undefined;
  readonly macs?: Range | null | undefined;
}

/** Inclusive. */
interface Range {
  readonly min?: number | null | undefined;
  readonly max?: number | null | undefined;
}

export interface ListEntries extends PageRequest {
  readonly leaderboardId: string;
  readonly filter?: EntryFilter;
  readonly orderBy?: EntryOrder;
}

/** Entries of a board. */
export async function listEntries(
  db: Database,
  { leaderboardId, filter = {}, orderBy = { field: 'TOP1' }, ...page }: ListEntries,
): Promise<Page<EntryRow>> {
  const first = checkFirst(page.first);
  const { field } = orderBy;
  const direction = orderBy.direction ?? (field === 'TOP1' ? 'DESC' : 'ASC');
  const { column, ids, keyOf, toValue } = orders[field];
  const { columns, after } = keyset<number | Date>(column, direction, ids);
  const order = `entries ${field} ${direction}`;
  const key = decodeCursor(order, page.after, isNumberKey);
  const rows = await db.prisma.entry.findMany({
    where: {
      AND: [whereOf(leaderboardId, filter), key === null ? {} : after(toValue(key[0]), key[1])],
    },
    orderBy: [...columns],
    take: first + 1,
  });
  return toPage(rows.map(toEntryRow), first, (row) => ({
    cursor: encodeCursor(order, [keyOf(row), row.id]),
    node: row,
  }));
}

export async function countEntries(
  db: Database,
  { leaderboardId, filter = {} }: Pick<ListEntries, 'leaderboardId' | 'filter'>,
): Promise<number> {
  return db.prisma.entry.count({ where: whereOf(leaderboardId, filter) });
}

function whereOf(leaderboardId: string, filter: EntryFilter): Prisma.EntryWhereInput {
  const { states, searchId, teamId, networkId, params, macs } = filter;
  return {
    leaderboardId,
    state: { in: [...(states ?? rankedStates)] },
    ...(searchId ? { searchId } : {}),
    ...(teamId ? { teamId } : {}),
    ...(networkId ? { networkId } : {}),
    params: within(params),
    macs: within(macs),
  };
}

function within(range: Range | null | undefined): { gte?: number; lte?: number } {
  const { min, max } = range ?? {};
  return {
    ...(typeof min === 'number' ? { gte: min } : {}),
    ...(typeof max === 'number' ? { lte: max } : {}),
  };
}

interface Order {
  readonly column: string;
  /** In which direction equals go while the column ascends. */
  readonly ids: Direction;
  readonly keyOf: (row: EntryRow) => number;
  readonly toValue: (key: number) => number | Date;
}

const same = (key: number): number => key;

const orders: Record<EntryOrderField, Order> = {
  TOP1: { column: 'top1', ids: 'DESC', keyOf: ({ top1 }) => top1, toValue: same },
  PARAMS: { column: 'params', ids: 'ASC', keyOf: ({ params }) => params, toValue: same },
  MACS: { column: 'macs', ids: 'ASC', keyOf: ({ macs }) => macs, toValue: same },
  ENTERED_AT: {
    column: 'createdAt',
    ids: 'ASC',
    keyOf: ({ createdAt }) => createdAt.getTime(),
    toValue: (milliseconds) => new Date(milliseconds),
  },
};

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

/** Who led a board when, the latest first. */
export async function listLeads(
  db: Database,
  { leaderboardId, ...page }: PageRequest & { readonly leaderboardId: string },
): Promise<Page<LeadRow>> {
  const first = checkFirst(page.first);
  const key = decodeCursor('leads', page.after, isCursorKey);
  const rows = await db.prisma.$queryRaw<LeadRow[]>`
    SELECT * FROM (
      SELECT cursor, entry_id AS "entryId", top1, at AS since, lead(at) OVER (ORDER BY cursor) AS until
      FROM leaderboard_event
      WHERE leaderboard_id = ${leaderboardId}::uuid AND kind = 'LEADER_CHANGED'
    ) AS leads
    WHERE cursor < ${key === null ? 2 ** 31 - 1 : key[0]} ORDER BY cursor DESC LIMIT ${first + 1}`;
  return toPage(rows, first, (row) => ({
    cursor: encodeCursor('leads', [row.cursor, row.cursor]),
    node: row,
  }));
}

export async function countLeads(db: Database, leaderboardId: string): Promise<number> {
  return db.prisma.leaderboardEvent.count({ where: { leaderboardId, kind: 'LEADER_CHANGED' } });
}

function isCursorKey(key: readonly unknown[]): key is [cursor: number, same: number] {
  return key.length === 2 && key.every((value) => Number.isInteger(value));
}
