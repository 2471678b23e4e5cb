import type { Database } from './database.ts';
import { toStoredCosts } from './from-network-rows.ts';
import type { CandidateModel } from './generated/models.ts';
import type { CandidateRow } from './rows.ts';

/**
 * All rated paths of a cell by path index, `size` at a time: each query begins behind the last row
 * of the one before, so that nothing is held open between them.
 */
export async function* candidateBatches(
  db: Database,
  cellId: string,
  size = 20_000,
): AsyncGenerator<CandidateRow[]> {
  let after = -1;
  for (;;) {
    const rows = await db.prisma.$queryRaw<CandidateModel[]>`
      SELECT index, path, loss, error, kl, top1, params, macs, flops_tool AS "flopsTool",
        activation_bytes AS "activationBytes", rank
      FROM candidate WHERE cell_id = ${cellId}::uuid AND index > ${after}
      ORDER BY index LIMIT ${size}`;
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map((row) => ({ ...row, cellId, ...toStoredCosts(row) }));
    if (rows.length < size) return;
    after = last.index;
  }
}
