import type { Visibility } from '@blockwise/contracts';
import { type Reader, readableBy } from '../accounts/readable.ts';
import type { Database } from '../database.ts';
import type { Prisma } from '../generated/client.ts';
import {
  checkFirst,
  decodeCursor,
  encodeCursor,
  isTimeKey,
  type Page,
  type PageRequest,
  toPage,
} from '../page.ts';
import { isUuid } from '../uuid.ts';
import { toLeaderboardRow } from './from-board-rows.ts';
import { type Direction, keyset } from './keyset.ts';
import type { LeaderboardRow } from './rows.ts';

export interface LeaderboardOrder {
  readonly field: 'CREATED_AT' | 'NAME';
  /** DESC for CREATED_AT, else ASC, unless told. */
  readonly direction?: Direction | null | undefined;
}

export interface LeaderboardFilter {
  readonly teamId?: string | null | undefined;
  readonly datasetHash?: string | null | undefined;
  readonly visibility?: Visibility | null | undefined;
  /** Part of the name, in any case. */
  readonly name?: string | null | undefined;
}

export interface ListLeaderboards extends PageRequest {
  /** Only what this reader may see. */
  readonly reader: Reader;
  readonly filter?: LeaderboardFilter;
  readonly orderBy?: LeaderboardOrder;
}

/** Boards of all teams. */
export async function listLeaderboards(
  db: Database,
  { reader, filter = {}, orderBy = { field: 'CREATED_AT' }, ...page }: ListLeaderboards,
): Promise<Page<LeaderboardRow>> {
  const first = checkFirst(page.first);
  const { field } = orderBy;
  const direction = orderBy.direction ?? (field === 'CREATED_AT' ? 'DESC' : 'ASC');
  const { column, keyOf, toValue, isKey } = orders[field];
  const { columns, after } = keyset<string | Date>(column, direction);
  const order = `leaderboards ${field} ${direction}`;
  const key = decodeCursor(order, page.after, isKey);
  const rows = await db.prisma.leaderboard.findMany({
    where: {
      AND: [whereOf(reader, filter), key === null ? {} : after(toValue(key[0]), key[1])],
    },
    orderBy: [...columns],
    take: first + 1,
  });
  return toPage(rows, first, (row) => ({
    cursor: encodeCursor(order, [keyOf(row), row.id]),
    node: toLeaderboardRow(row),
  }));
}

export async function countLeaderboards(
  db: Database,
  { reader, filter = {} }: Pick<ListLeaderboards, 'reader' | 'filter'>,
): Promise<number> {
  return db.prisma.leaderboard.count({ where: whereOf(reader, filter) });
}

function whereOf(
  reader: Reader,
  { teamId, datasetHash, visibility, name }: LeaderboardFilter,
): Prisma.LeaderboardWhereInput {
  return {
    AND: [
      readableBy(reader),
      {
        ...(teamId ? { teamId } : {}),
        ...(datasetHash ? { datasetHash } : {}),
        ...(visibility ? { visibility } : {}),
        ...(name ? { name: { contains: name, mode: 'insensitive' } } : {}),
      },
    ],
  };
}

interface Order {
  readonly column: string;
  readonly keyOf: (row: { name: string; createdAt: Date }) => string;
  readonly toValue: (key: string) => string | Date;
  readonly isKey: (key: readonly unknown[]) => key is [value: string, id: string];
}

const orders: Record<LeaderboardOrder['field'], Order> = {
  CREATED_AT: {
    column: 'createdAt',
    keyOf: ({ createdAt }) => createdAt.toISOString(),
    toValue: (time) => new Date(time),
    isKey: isTimeKey,
  },
  NAME: {
    column: 'name',
    keyOf: ({ name }) => name,
    toValue: (name) => name,
    isKey: isTextKey,
  },
};

function isTextKey(key: readonly unknown[]): key is [value: string, id: string] {
  const [value, id] = key;
  return key.length === 2 && typeof value === 'string' && typeof id === 'string' && isUuid(id);
}
