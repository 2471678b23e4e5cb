import type { Visibility } from '@blockwise/contracts';
import { type Reader, readableSql } from '../accounts/readable.ts';
import type { Database } from '../database.ts';
import { Prisma } from '../generated/client.ts';
import { allOf, countOf, type Direction, type Order, pageOfIds, pageOfRows } from '../keys.ts';
import type { Page, PageRequest } from '../page.ts';
import { toLeaderboardRow } from './from-board-rows.ts';
import type { LeaderboardRow } from './rows.ts';

export interface LeaderboardOrder {
  readonly field: 'CREATED_AT' | 'NAME';
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

/** Boards of all teams that the reader may see, the newest first if nothing else is asked for. */
export async function listLeaderboards(
  db: Database,
  { reader, filter, orderBy, first, after }: ListLeaderboards,
): Promise<Page<LeaderboardRow>> {
  const field = orderBy?.field ?? 'CREATED_AT';
  const page = await pageOfIds(db, {
    name: `leaderboards ${field}`,
    order: orders[field],
    direction: orderBy?.direction,
    from,
    where: whereOf(reader, filter),
    id: Prisma.sql`b.id`,
    ...{ first, after },
  });
  const ids = page.edges.map(({ node }) => node);
  const rows = await db.prisma.leaderboard.findMany({ where: { id: { in: ids } } });
  return pageOfRows(page, rows.map(toLeaderboardRow), ({ id }) => id);
}

export async function countLeaderboards(
  db: Database,
  { reader, filter }: Pick<ListLeaderboards, 'reader' | 'filter'>,
): Promise<number> {
  return countOf(db, { from, where: whereOf(reader, filter) });
}

const from = Prisma.sql`leaderboard b`;

const orders: Record<LeaderboardOrder['field'], Order> = {
  CREATED_AT: { value: Prisma.sql`b.created_at`, type: 'time', direction: 'DESC' },
  NAME: { value: Prisma.sql`b.name`, type: 'text', direction: 'ASC' },
};

function whereOf(reader: Reader, filter: LeaderboardFilter = {}): Prisma.Sql {
  const { teamId, datasetHash, visibility, name } = filter;
  const guarded = {
    teamId: Prisma.sql`b.team_id`,
    visibility: Prisma.sql`b.visibility`,
    createdById: Prisma.sql`b.created_by_id`,
  };
  return allOf([
    readableSql(reader, guarded),
    teamId ? Prisma.sql`b.team_id = ${teamId}::uuid` : null,
    datasetHash ? Prisma.sql`b.dataset_hash = ${datasetHash}` : null,
    visibility ? Prisma.sql`b.visibility = ${visibility}::visibility` : null,
    name ? Prisma.sql`strpos(lower(b.name), lower(${name})) > 0` : null,
  ]);
}
