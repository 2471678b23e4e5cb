import { DomainError } from '@blockwise/contracts';
import { startAfterRating } from '../flow.ts';
import { Prisma } from '../generated/client.ts';
import type { RateResult } from './attempt.ts';
import { type AttemptContext, completeAttempt, staleAttempt } from './context.ts';

/** Rows per INSERT: few round trips, and no statement of many megabytes. */
const batchRows = 10_000;

/** Records every path of the cell; the last one starts the next block's cells or the exact search. */
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
        await transaction.tx.cell.update({
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
        await startAfterRating(transaction, context.queue, cell.block);
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
  { losses, errors, kl, top1, costs, paths }: RateResult,
  order: readonly number[],
): Promise<void> {
  for (let begin = 0; begin < order.length; begin += batchRows) {
    // By rank, so that the index on losses grows at its end.
    const indexes = order.slice(begin, begin + batchRows);
    const column = <T>(of: (index: number) => T | undefined) => indexes.map(of);
    // A column that was not measured is an empty array: beside the others, unnest fills it with null.
    const optional = (values: ArrayLike<number> | null) =>
      values === null ? [] : column((i) => values[i]);
    await tx.$executeRaw`
      INSERT INTO candidate (cell_id, index, path, loss, error, kl, top1, params, macs, flops_tool,
        activation_bytes, rank)
      SELECT ${cellId}::uuid, batch.index, batch.path, batch.loss, batch.error, batch.kl, batch.top1,
        batch.params, batch.macs, batch.flops_tool, batch.activation_bytes, ${begin} + batch.position
      FROM unnest(
        ${indexes}::int[],
        ${column((i) => paths[i])}::text[],
        ${column((i) => losses[i])}::float8[],
        ${optional(errors)}::float8[],
        ${optional(kl)}::float8[],
        ${optional(top1)}::float8[],
        ${column((i) => costs[i]?.params)}::bigint[],
        ${column((i) => costs[i]?.macs)}::bigint[],
        ${column((i) => costs[i]?.flopsTool)}::bigint[],
        ${column((i) => costs[i]?.activationBytes)}::bigint[]
      ) WITH ORDINALITY AS batch (index, path, loss, error, kl, top1, params, macs, flops_tool,
        activation_bytes, position)`;
  }
}

/** Path indexes from the least loss on; of equal losses the lower index first. */
function rankOrder(losses: ArrayLike<number>): number[] {
  return Array.from(losses, (_, index) => index).sort(
    (a, b) => (losses[a] ?? 0) - (losses[b] ?? 0) || a - b,
  );
}

function checkColumns(result: RateResult, candidates: number): void {
  const { losses, errors, kl, top1, costs, paths } = result;
  for (const [name, column] of Object.entries({ losses, errors, kl, top1, costs, paths })) {
    if (column !== null && column.length !== candidates) {
      throw new Error(`${column.length} ${name} for ${candidates} candidates`);
    }
  }
  for (const [name, column] of Object.entries({ rating: losses, error: errors, KL: kl, top1 })) {
    for (let i = 0; i < (column?.length ?? 0); i++) {
      if (!Number.isFinite(column?.[i])) {
        throw new DomainError('DIVERGED', `The ${name} of path ${paths[i]} is ${column?.[i]}.`);
      }
    }
  }
}

function isDuplicate(error: unknown): boolean {
  return (
    error instanceof Prisma.PrismaClientKnownRequestError &&
    (error.code === 'P2002' || /\b23505\b/.test(error.message))
  );
}
