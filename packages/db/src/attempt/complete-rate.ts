import { DomainError } from '@blockwise/contracts';
import { Prisma } from '../generated/client.ts';
import { createJobs } from '../job-rows.ts';
import type { RateResult } from './attempt.ts';
import { type AttemptContext, completeAttempt, staleAttempt } from './context.ts';

/** Rows per INSERT: few round trips, and no statement of many megabytes. */
const batchRows = 10_000;

/** Records every path of the cell; when all cells are rated the search gets its solve job. */
export async function completeRate(context: AttemptContext, result: RateResult): Promise<void> {
  const { cellId } = context;
  if (cellId === null) {
    throw new Error('the job has no cell');
  }
  const cell = await context.db.prisma.cell.findUniqueOrThrow({ where: { id: cellId } });
  checkColumns(result, cell.candidateCount);
  const order = rankOrder(result.losses);
  const best = order[0] ?? 0;
  const bestPath = result.paths[best] ?? '';
  const bestLoss = result.losses[best] ?? 0;
  try {
    await completeAttempt(
      context,
      'rate',
      async (transaction) => {
        const { tx, search } = transaction;
        await tx.cell.update({
          where: { id: cellId },
          data: { bestPath, bestLoss, ratedAt: new Date() },
        });
        transaction.emit({
          kind: 'CELL_RATED',
          cellId,
          candidates: cell.candidateCount,
          bestPath,
          bestLoss,
        });
        const unrated = await tx.cell.count({ where: { searchId: search.id, ratedAt: null } });
        if (unrated === 0) {
          await createJobs(transaction, context.queue, [{ kind: 'solve' }]);
        }
      },
      // Before the search is locked: the other cells' trainers write meanwhile.
      (tx) => insertCandidates(tx, cellId, result, order),
    );
  } catch (error) {
    if (isDuplicate(error)) {
      // Only a completed rate job leaves candidates behind.
      throw staleAttempt(context);
    }
    throw error;
  }
}

async function insertCandidates(
  tx: Prisma.TransactionClient,
  cellId: string,
  { losses, costs, paths }: RateResult,
  order: readonly number[],
): Promise<void> {
  for (let begin = 0; begin < order.length; begin += batchRows) {
    // By rank, so that the index on losses grows at its end.
    const indexes = order.slice(begin, begin + batchRows);
    const column = <T>(of: (index: number) => T | undefined) => indexes.map(of);
    await tx.$executeRaw`
      INSERT INTO candidate (cell_id, index, path, loss, params, macs, flops_tool, rank)
      SELECT ${cellId}::uuid, batch.index, batch.path, batch.loss, batch.params, batch.macs,
        batch.flops_tool, ${begin} + batch.position
      FROM unnest(
        ${indexes}::int[],
        ${column((i) => paths[i])}::text[],
        ${column((i) => losses[i])}::float8[],
        ${column((i) => costs[i]?.params)}::bigint[],
        ${column((i) => costs[i]?.macs)}::bigint[],
        ${column((i) => costs[i]?.flopsTool)}::bigint[]
      ) WITH ORDINALITY AS batch (index, path, loss, params, macs, flops_tool, position)`;
  }
}

/** Path indexes from the least loss on; of equal losses the lower index first. */
function rankOrder(losses: ArrayLike<number>): number[] {
  return Array.from(losses, (_, index) => index).sort(
    (a, b) => (losses[a] ?? 0) - (losses[b] ?? 0) || a - b,
  );
}

function checkColumns({ losses, costs, paths }: RateResult, candidates: number): void {
  for (const [name, column] of Object.entries({ losses, costs, paths })) {
    if (column.length !== candidates) {
      throw new Error(`${column.length} ${name} for ${candidates} candidates`);
    }
  }
  for (let i = 0; i < losses.length; i++) {
    if (!Number.isFinite(losses[i])) {
      throw new DomainError('DIVERGED', `The rating of path ${paths[i]} is ${losses[i]}.`);
    }
  }
}

function isDuplicate(error: unknown): boolean {
  return (
    error instanceof Prisma.PrismaClientKnownRequestError &&
    (error.code === 'P2002' || /\b23505\b/.test(error.message))
  );
}
