import { DomainError } from '@blockwise/contracts';
import type { Database } from '../database.ts';
import type { Prisma } from '../generated/client.ts';
import { cancelUnfinishedJobs } from '../job-rows.ts';
import type { Queue } from '../queue.ts';
import { changeSearch } from '../search-transaction.ts';
import { changeBoard } from './board-transaction.ts';
import { readEntry } from './entries.ts';
import type { EntryRow } from './rows.ts';

/**
 * Takes an entry back: it loses its place, stays in the board's history, and its verification stops.
 * A withdrawn entry stays what it is.
 *
 * @throws DomainError NOT_FOUND
 */
export async function withdrawEntry(
  db: Database,
  queue: Queue,
  { entryId }: { readonly entryId: string },
): Promise<EntryRow> {
  const known = await readEntry(db, entryId);
  if (known === null) {
    throw new DomainError('NOT_FOUND', 'There is no such entry.', { path: ['entry'] });
  }
  if (known.searchId === null) {
    await db.prisma.$transaction((tx) => withdraw(tx, known));
  } else {
    await changeSearch(db, known.searchId, async (transaction) => {
      await cancelUnfinishedJobs(transaction, queue, { entryId });
      await withdraw(transaction.tx, known);
    });
  }
  const row = await readEntry(db, entryId);
  if (row === null) {
    throw new DomainError('NOT_FOUND', 'There is no such entry.', { path: ['entry'] });
  }
  return row;
}

async function withdraw(
  tx: Prisma.TransactionClient,
  { id, leaderboardId }: EntryRow,
): Promise<void> {
  await changeBoard(tx, leaderboardId, async ({ tell }) => {
    const { state, top1 } = await tx.entry.findUniqueOrThrow({ where: { id } });
    if (state !== 'WITHDRAWN') {
      await tx.entry.update({ where: { id }, data: { state: 'WITHDRAWN' } });
      tell({ kind: 'WITHDRAWN', entryId: id, top1 });
    }
  });
}
