import type { Database } from './database.ts';

/** A well rated path of an earlier block, through which a student's own blocks run. */
export interface PooledPath {
  readonly cellId: string;
  /** Position among the cells of its block. */
  readonly cell: number;
  /** Of the candidate. */
  readonly index: number;
  readonly path: string;
  readonly loss: number;
  /** The cell's supernet. */
  readonly sha256: string;
}

/**
 * The `size` best paths over all cells of a block, the least loss first; of equal losses the earlier
 * cell and path. Only rated cells take part.
 */
export async function poolOf(
  db: Database,
  searchId: string,
  block: number,
  size: number,
): Promise<PooledPath[]> {
  // The best of each cell by its index on losses, then the best of those.
  return db.prisma.$queryRaw<PooledPath[]>`
    SELECT cell.id AS "cellId", cell.index AS cell, best.index, best.path, best.loss, cell.sha256
    FROM cell CROSS JOIN LATERAL (
      SELECT index, path, loss FROM candidate WHERE cell_id = cell.id ORDER BY loss, index LIMIT ${size}
    ) AS best
    WHERE cell.search_id = ${searchId}::uuid AND cell.block = ${block}
    ORDER BY best.loss, cell.index, best.index LIMIT ${size}`;
}
