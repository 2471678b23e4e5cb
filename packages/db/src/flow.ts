import { type SearchSpec, searchSpec } from '@blockwise/contracts';
import { createJobs } from './job-rows.ts';
import type { Queue } from './queue.ts';
import type { SearchTransaction } from './search-transaction.ts';

/*
 * How a search goes on. Whatever may start its next jobs calls these under the search's lock, so
 * that "the last one starts them" happens once.
 */

/** What can begin when the teacher is there: the latency table, and the first cells. */
export async function startAfterTeacher(
  transaction: SearchTransaction,
  queue: Queue,
): Promise<void> {
  const { tx, search } = transaction;
  const { latency, distil } = await specOf(transaction);
  if (latency !== null) {
    const table = await tx.latencyTable.create({ data: { searchId: search.id, spec: latency } });
    await createJobs(transaction, queue, [{ kind: 'latency', latencyTableId: table.id }]);
  }
  // The teacher's features are there for every block at once; a student's are not.
  await startCells(transaction, queue, distil.strategy === 'dna' ? {} : { block: 0 });
}

/** What can begin when a cell of `block` was rated: the next block's cells, or the exact search. */
export async function startAfterRating(
  transaction: SearchTransaction,
  queue: Queue,
  block: number,
): Promise<void> {
  const { tx, search } = transaction;
  const { distil } = await specOf(transaction);
  if (distil.strategy !== 'dna') {
    const unrated = await tx.cell.count({ where: { searchId: search.id, block, ratedAt: null } });
    if (unrated === 0) {
      await startCells(transaction, queue, { block: block + 1 });
    }
  }
  await startSolveWhenReady(transaction, queue);
}

/** The exact search begins when every cell is rated and the latency table, if any, is measured. */
export async function startSolveWhenReady(
  transaction: SearchTransaction,
  queue: Queue,
): Promise<void> {
  const { tx, search } = transaction;
  const unrated = await tx.cell.count({ where: { searchId: search.id, ratedAt: null } });
  const unmeasured = await tx.latencyTable.count({
    where: { searchId: search.id, measuredAt: null },
  });
  if (unrated === 0 && unmeasured === 0) {
    await createJobs(transaction, queue, [{ kind: 'solve' }]);
  }
}

async function startCells(
  transaction: SearchTransaction,
  queue: Queue,
  which: { readonly block?: number },
): Promise<void> {
  const cells = await transaction.tx.cell.findMany({
    where: { ...which, searchId: transaction.search.id },
    orderBy: [{ block: 'asc' }, { index: 'asc' }],
    select: { id: true },
  });
  await createJobs(
    transaction,
    queue,
    cells.map(({ id }) => ({ kind: 'distil', cellId: id })),
  );
}

/** The specification of the search that the transaction holds. */
export async function specOf({ tx, search }: SearchTransaction): Promise<SearchSpec> {
  const { spec } = await tx.search.findUniqueOrThrow({
    where: { id: search.id },
    select: { spec: true },
  });
  return searchSpec.parse(spec);
}
