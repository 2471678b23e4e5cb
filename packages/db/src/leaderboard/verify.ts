import { DomainError } from '@blockwise/contracts';
import type { Database } from '../database.ts';
import { changeCompleteSearch } from '../follow-up/follow-up.ts';
import type { Prisma } from '../generated/client.ts';
import type { EntryModel } from '../generated/models.ts';
import { createJobs, unfinished } from '../job-rows.ts';
import type { Queue } from '../queue.ts';
import type { SearchTransaction } from '../search-transaction.ts';
import { changeBoard } from './board-transaction.ts';
import { readEntry } from './entries.ts';
import { toEntryRow } from './from-board-rows.ts';
import { judge } from './judge.ts';
import type { EntryRow } from './rows.ts';

/*
 * Verification is done for a COMPLETE search, like everything that is asked for afterwards: entries
 * of a search that still trains wait until it is. So it can neither hold a search up nor fail it.
 */

/** What was measured when an entry's weights were evaluated again. */
export interface VerifyResult {
  /** Of the data that they were evaluated on. */
  readonly datasetHash: string;
  /** Of every training, in the order of the entry's. */
  readonly top1s: readonly number[];
}

/** Enqueues an entry's verification if its search is COMPLETE and none is under way. */
export async function startVerification(
  transaction: SearchTransaction,
  queue: Queue,
  { id, networkId, state }: Pick<EntryModel, 'id' | 'networkId' | 'state'>,
): Promise<void> {
  const { tx, search } = transaction;
  if (search.state !== 'COMPLETE' || networkId === null) {
    return;
  }
  const running = await tx.job.count({ where: { entryId: id, state: { in: unfinished } } });
  if (running > 0) {
    return;
  }
  await createJobs(transaction, queue, [{ kind: 'verify', entryId: id, networkId }]);
  // What was measured before stands until something else is: asking again makes nothing better.
  if (state === 'UNVERIFIED') {
    await tx.entry.update({ where: { id }, data: { state: 'VERIFYING' } });
  }
}

/** Enqueues the verification of all entries that waited for their search to be COMPLETE. */
export async function verifyWaiting(transaction: SearchTransaction, queue: Queue): Promise<void> {
  const { tx, search } = transaction;
  const complete = { ...transaction, search: { ...search, state: 'COMPLETE' as const } };
  const entries = await tx.entry.findMany({
    where: { searchId: search.id, state: 'UNVERIFIED' },
    orderBy: { id: 'asc' },
  });
  for (const entry of entries) {
    await startVerification(complete, queue, entry);
  }
}

/**
 * Has an entry's weights evaluated, or evaluated again. One that is under way is not begun twice.
 *
 * @throws DomainError NOT_FOUND; CONFLICT when it was withdrawn or imported, or its search is not
 *   COMPLETE
 */
export async function verifyEntry(
  db: Database,
  queue: Queue,
  { entryId }: { readonly entryId: string },
): Promise<EntryRow> {
  const known = await readEntry(db, entryId);
  if (known === null) {
    throw new DomainError('NOT_FOUND', 'There is no such entry.', { path: ['entry'] });
  }
  if (known.searchId === null) {
    throw new DomainError(
      'CONFLICT',
      known.imported === null
        ? "The entry's search and its weights are no longer here."
        : "The entry was imported: its weights are not here, so they can't be evaluated.",
      { path: ['entry'] },
    );
  }
  return changeCompleteSearch(db, known.searchId, async (transaction) => {
    const { tx } = transaction;
    const row = await tx.entry.findUnique({ where: { id: entryId } });
    if (row === null) {
      throw new DomainError('NOT_FOUND', 'There is no such entry.', { path: ['entry'] });
    }
    if (row.state === 'WITHDRAWN') {
      throw new DomainError('CONFLICT', 'The entry was withdrawn.', { path: ['entry'] });
    }
    await startVerification(transaction, queue, row);
    return toEntryRow(await tx.entry.findUniqueOrThrow({ where: { id: entryId } }));
  });
}

/** Holds what was measured against what the entry says, by the tolerance of its board. */
export async function settleVerification(
  tx: Prisma.TransactionClient,
  entryId: string,
  { datasetHash, top1s }: VerifyResult,
): Promise<void> {
  await changeEntry(tx, entryId, async (entry, { board, tell }) => {
    if (datasetHash !== board.dataset.hash || top1s.length !== entry.trainings.length) {
      throw new Error(`${top1s.length} trainings on ${datasetHash} verify no entry of ${board.id}`);
    }
    const verifiedTop1 = top1s.reduce((sum, top1) => sum + top1, 0) / top1s.length;
    const kind = judge(board, { top1: entry.top1, verifiedTop1 });
    await tx.entry.update({
      where: { id: entryId },
      data: { state: kind, verifiedTop1, verifiedTop1s: [...top1s], verifiedAt: new Date() },
    });
    tell({ kind, entryId, top1: entry.top1, verifiedTop1 });
  });
}

/** After a verification that ended without a result: what was known before stands. */
export async function failVerification(
  tx: Prisma.TransactionClient,
  entryId: string,
): Promise<void> {
  await changeEntry(tx, entryId, async (entry, { tell }) => {
    if (entry.state === 'VERIFYING') {
      await tx.entry.update({ where: { id: entryId }, data: { state: 'UNVERIFIED' } });
    }
    tell({ kind: 'VERIFICATION_FAILED', entryId, top1: entry.top1 });
  });
}

/** Runs `work` on an entry that is still on its board, under the board's lock. */
async function changeEntry(
  tx: Prisma.TransactionClient,
  entryId: string,
  work: (entry: EntryRow, board: Parameters<Parameters<typeof changeBoard>[2]>[0]) => Promise<void>,
): Promise<void> {
  const found = await tx.entry.findUnique({
    where: { id: entryId },
    select: { leaderboardId: true },
  });
  if (found === null) {
    return;
  }
  await changeBoard(tx, found.leaderboardId, async (board) => {
    const row = await tx.entry.findUniqueOrThrow({ where: { id: entryId } });
    if (row.state !== 'WITHDRAWN') {
      await work(toEntryRow(row), board);
    }
  });
}
