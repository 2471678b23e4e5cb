import { DomainError } from '@blockwise/contracts';
import type { Database } from './database.ts';
import { toStoredCosts } from './from-network-rows.ts';
import { Prisma } from './generated/client.ts';
import type { CandidateModel } from './generated/models.ts';
import {
  checkFirst,
  decodeCursor,
  encodeCursor,
  isPositionKey,
  type Page,
  type PageRequest,
  toPage,
} from './page.ts';
import type { CandidateRow } from './rows.ts';
import { isUuid } from './uuid.ts';

/**
 * Equal values go by path index; DESC turns both round. By KL or TOP1 the list has only the paths
 * for which it was measured.
 */
export type CandidateOrder = 'LOSS' | 'PARAMS' | 'MACS' | 'INDEX' | 'KL' | 'TOP1';

export interface ListCandidates extends PageRequest {
  readonly orderBy: CandidateOrder;
  readonly direction?: 'ASC' | 'DESC' | undefined;
}

const columns: Record<CandidateOrder, Prisma.Sql> = {
  LOSS: Prisma.sql`loss`,
  PARAMS: Prisma.sql`params`,
  MACS: Prisma.sql`macs`,
  INDEX: Prisma.sql`index`,
  KL: Prisma.sql`kl`,
  TOP1: Prisma.sql`top1`,
};

/** Rated paths of a cell; none until it is rated. */
export async function listCandidates(
  db: Database,
  cellId: string,
  request: ListCandidates,
): Promise<Page<CandidateRow>> {
  const { orderBy, direction = 'ASC' } = request;
  const first = checkFirst(request.first);
  const list = `candidates ${orderBy} ${direction}`;
  const after = decodeCursor(list, request.after, isPositionKey);
  if (!isUuid(cellId)) {
    throw new DomainError('NOT_FOUND', 'There is no such cell.', { path: ['cellId'] });
  }
  const ascending = direction === 'ASC';
  const way = ascending ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const beyond = ascending ? Prisma.sql`>` : Prisma.sql`<`;
  const column = columns[orderBy];
  // Comparing rows, not columns one by one, lets Postgres begin inside the index.
  const rest =
    after === null
      ? Prisma.empty
      : Prisma.sql`AND (${column}, index) ${beyond} (${after[0]}, ${after[1]})`;
  const rows = await db.prisma.$queryRaw<(CandidateModel & { order: number | bigint })[]>`
    SELECT index, path, loss, error, kl, top1, params, macs, flops_tool AS "flopsTool",
      activation_bytes AS "activationBytes", rank, ${column} AS "order"
    FROM candidate WHERE cell_id = ${cellId}::uuid AND ${column} IS NOT NULL ${rest}
    ORDER BY ${column} ${way}, index ${way} LIMIT ${first + 1}`;
  return toPage(rows, first, ({ order, ...row }) => ({
    cursor: encodeCursor(list, [Number(order), row.index]),
    node: { ...row, cellId, ...toStoredCosts(row) },
  }));
}

export interface StoredRating {
  readonly cellId: string;
  readonly block: number;
  /** Position among the cells of its block. */
  readonly cell: number;
  /** By path index. */
  readonly losses: Float64Array;
}

/** Losses of every rated cell of a search, by block, then cell: what the exact search reads. */
export async function ratingsOf(db: Database, searchId: string): Promise<StoredRating[]> {
  const rows = await db.prisma.$queryRaw<(Omit<StoredRating, 'losses'> & { losses: number[] })[]>`
    SELECT cell.id AS "cellId", cell.block, cell.index AS cell,
      array_agg(candidate.loss ORDER BY candidate.index) AS losses
    FROM cell JOIN candidate ON candidate.cell_id = cell.id
    WHERE cell.search_id = ${searchId}::uuid
    GROUP BY cell.id ORDER BY cell.block, cell.index`;
  return rows.map((row) => ({ ...row, losses: Float64Array.from(row.losses) }));
}
