import { createHash } from 'node:crypto';
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
 * Equal values go by path index; DESC turns both round. By KL, TOP1, ERROR or ACTIVATION_BYTES the list
 * has only the paths for which it was measured.
 */
export type CandidateOrder =
  | 'LOSS'
  | 'PARAMS'
  | 'MACS'
  | 'INDEX'
  | 'KL'
  | 'TOP1'
  | 'FLOPS_TOOL'
  | 'ACTIVATION_BYTES'
  | 'ERROR';

export interface ListCandidates extends PageRequest {
  readonly orderBy: CandidateOrder;
  readonly direction?: 'ASC' | 'DESC' | undefined;
  readonly filter?: CandidateFilter | undefined;
}

/** Both bounds inclusive; a missing one does not bind. */
export interface Bounds {
  readonly min?: number | bigint | null | undefined;
  readonly max?: number | bigint | null | undefined;
}

/** What can be bounded. */
export const boundedColumns = {
  loss: Prisma.sql`loss`,
  error: Prisma.sql`error`,
  kl: Prisma.sql`kl`,
  top1: Prisma.sql`top1`,
  params: Prisma.sql`params`,
  macs: Prisma.sql`macs`,
  flopsTool: Prisma.sql`flops_tool`,
  activationBytes: Prisma.sql`activation_bytes`,
  rank: Prisma.sql`rank`,
} as const;

/** Only paths that satisfy all of it. A path without a value does not satisfy a bound on it. */
export interface CandidateFilter extends Partial<Record<keyof typeof boundedColumns, Bounds>> {
  /** Layers (from 0) whose operation is one of these digits of a path. */
  readonly ops?: readonly { readonly layer: number; readonly digits: readonly string[] }[];
}

const columns: Record<CandidateOrder, Prisma.Sql> = {
  LOSS: Prisma.sql`loss`,
  PARAMS: Prisma.sql`params`,
  MACS: Prisma.sql`macs`,
  INDEX: Prisma.sql`index`,
  KL: Prisma.sql`kl`,
  TOP1: Prisma.sql`top1`,
  FLOPS_TOOL: Prisma.sql`flops_tool`,
  ACTIVATION_BYTES: Prisma.sql`activation_bytes`,
  ERROR: Prisma.sql`error`,
};

/** Rated paths of a cell; none until it is rated. */
export async function listCandidates(
  db: Database,
  cellId: string,
  request: ListCandidates,
): Promise<Page<CandidateRow>> {
  const { orderBy, direction = 'ASC', filter = {} } = request;
  const first = checkFirst(request.first);
  const list = `candidates ${orderBy} ${direction} ${filterName(filter)}`;
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
    FROM candidate
    WHERE cell_id = ${cellId}::uuid AND ${column} IS NOT NULL ${satisfying(filter)} ${rest}
    ORDER BY ${column} ${way}, index ${way} LIMIT ${first + 1}`;
  return toPage(rows, first, ({ order, ...row }) => ({
    cursor: encodeCursor(list, [Number(order), row.index]),
    node: { ...row, cellId, ...toStoredCosts(row) },
  }));
}

/** Candidates by cell and position; those that there are not are missing. */
export async function readCandidates(
  db: Database,
  keys: readonly { readonly cellId: string; readonly index: number }[],
): Promise<CandidateRow[]> {
  const rows = await db.prisma.$queryRaw<CandidateModel[]>`
    SELECT cell_id::text AS "cellId", index, path, loss, error, kl, top1, params, macs,
      flops_tool AS "flopsTool", activation_bytes AS "activationBytes", rank
    FROM unnest(
      ${keys.map(({ cellId }) => cellId)}::uuid[], ${keys.map(({ index }) => index)}::int[]
    ) AS wanted (cell_id, index) JOIN candidate USING (cell_id, index)`;
  return rows.map((row) => ({ ...row, ...toStoredCosts(row) }));
}

/** How many rated paths a list has, all pages together. */
export async function countCandidates(
  db: Database,
  cellId: string,
  { orderBy, filter = {} }: Pick<ListCandidates, 'orderBy' | 'filter'>,
): Promise<number> {
  const [row] = await db.prisma.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) AS count FROM candidate
    WHERE cell_id = ${cellId}::uuid AND ${columns[orderBy]} IS NOT NULL ${satisfying(filter)}`;
  return Number(row?.count ?? 0);
}

function satisfying({ ops = [], ...bounds }: CandidateFilter): Prisma.Sql {
  const conditions = Object.entries(bounds).flatMap(([name, { min = null, max = null }]) => {
    const column = boundedColumns[name as keyof typeof boundedColumns];
    return [
      ...(min === null ? [] : [Prisma.sql`${column} >= ${min}`]),
      ...(max === null ? [] : [Prisma.sql`${column} <= ${max}`]),
    ];
  });
  // Postgres compares patterns in half the time of `substr`, and guesses well how many paths pass.
  const ofOps = ops.map(({ layer, digits }) => {
    const patterns = digits.map((digit) => `${'_'.repeat(layer)}${digit}%`);
    return Prisma.sql`path LIKE ANY(${patterns})`;
  });
  const all = [...conditions, ...ofOps];
  return all.length === 0 ? Prisma.empty : Prisma.sql`AND ${Prisma.join(all, ' AND ')}`;
}

/** Binds cursors to a filter: a page goes on only in the list in which the one before was. */
function filterName(filter: CandidateFilter): string {
  const text = JSON.stringify(filter, (_key, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
  return createHash('sha256').update(text).digest('base64url').slice(0, 12);
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
