import { DomainError, type LeaderboardBudget } from '@blockwise/contracts';
import type { Database } from '../database.ts';
import type { Prisma } from '../generated/client.ts';
import type { EntryModel } from '../generated/models.ts';
import type { Queue } from '../queue.ts';
import { changeSearch, type SearchTransaction } from '../search-transaction.ts';
import { isUuid } from '../uuid.ts';
import { type BoardTransaction, changeBoard } from './board-transaction.ts';
import { type Candidate, describeNetwork } from './entry-subject.ts';
import { toEntryRow } from './from-board-rows.ts';
import { judge } from './judge.ts';
import type { EntryRow, EntrySubject, LeaderboardRow } from './rows.ts';
import { startVerification } from './verify.ts';

/**
 * Enters a network that has just been tested on every board of its team that the team sees, is of
 * its data set, and whose budget it meets. The first network on a data set makes the team's board.
 * Networks that not all of the team may see enter nothing by themselves.
 */
export async function enterTeamBoards(
  transaction: SearchTransaction,
  queue: Queue,
  networkId: string,
): Promise<void> {
  const { tx, search } = transaction;
  const { visibility, search: owner } = await tx.network.findUniqueOrThrow({
    where: { id: networkId },
    select: { visibility: true, search: { select: { visibility: true } } },
  });
  if ((visibility ?? owner.visibility) === 'PRIVATE') {
    return;
  }
  const candidate = await describeNetwork(tx, networkId);
  const of = { teamId: search.teamId, datasetHash: candidate.datasetHash };
  await requireTeamBoard(tx, of, search.id);
  const boards = await tx.leaderboard.findMany({
    where: { ...of, visibility: { in: ['TEAM', 'PUBLIC'] } },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  for (const { id } of boards) {
    await changeBoard(tx, id, async (board) => {
      if (overBudget(board.board.budget, candidate.subject) === null) {
        await enter(transaction, queue, board, candidate, null);
      }
    });
  }
}

/** Makes the team's board without a budget for a data set, if it has none. */
async function requireTeamBoard(
  tx: Prisma.TransactionClient,
  of: { readonly teamId: string; readonly datasetHash: string },
  searchId: string,
): Promise<void> {
  const key = `leaderboard ${of.teamId} ${of.datasetHash}`;
  // Two searches may be the first on a data set at once; the lock lets one of them make the board.
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))::text`;
  const boards = await tx.leaderboard.count({
    where: { ...of, budgetAxis: null, visibility: { in: ['TEAM', 'PUBLIC'] } },
  });
  if (boards === 0) {
    const { kind, hash, size, classes, testCount } = await tx.dataset.findUniqueOrThrow({
      where: { searchId },
    });
    await tx.leaderboard.create({
      data: {
        ...of,
        name: `${kind} ${hash.slice(0, 8)}`,
        datasetKind: kind,
        imageSize: size,
        classCount: classes.length,
        testCount,
      },
    });
  }
}

export interface EnterLeaderboard {
  readonly leaderboardId: string;
  readonly networkId: string;
  readonly userId: string | null;
}

/**
 * Enters a network on a board. One that is there already stays; one that was withdrawn comes back.
 *
 * @throws DomainError NOT_FOUND; NOT_READY when the network is not tested; CONFLICT when it was tested
 *   on other data, or was rejected; INFEASIBLE when it costs more than the board allows
 */
export async function enterLeaderboard(
  db: Database,
  queue: Queue,
  { leaderboardId, networkId, userId }: EnterLeaderboard,
): Promise<EntryRow> {
  const network = isUuid(networkId)
    ? await db.prisma.network.findUnique({ where: { id: networkId }, select: { searchId: true } })
    : null;
  if (network === null) {
    throw new DomainError('NOT_FOUND', 'There is no such network.', { path: ['network'] });
  }
  const entered = await changeSearch(db, network.searchId, async (transaction) => {
    const { tx } = transaction;
    const candidate = await describeNetwork(tx, networkId);
    return isUuid(leaderboardId)
      ? await changeBoard(tx, leaderboardId, async (board) => {
          requireFit(board.board, candidate);
          return enter(transaction, queue, board, candidate, userId);
        })
      : null;
  });
  if (entered === null) {
    throw new DomainError('NOT_FOUND', 'There is no such leaderboard.', { path: ['leaderboard'] });
  }
  return entered;
}

async function enter(
  transaction: SearchTransaction,
  queue: Queue,
  { tx, board, tell }: BoardTransaction,
  { networkId, searchId, teamId, datasetHash, subject }: Candidate,
  userId: string | null,
): Promise<EntryRow> {
  const leaderboardId = board.id;
  const earlier = await tx.entry.findUnique({
    where: { leaderboardId_networkId: { leaderboardId, networkId } },
  });
  const verdict = earlier === null ? null : verdictOn(board, earlier);
  if (earlier !== null && verdict === 'REJECTED') {
    throw new DomainError(
      'CONFLICT',
      `The network's entry was rejected: it says ${earlier.top1}, and its weights gave ${earlier.verifiedTop1}.`,
      { path: ['network'] },
    );
  }
  if (earlier !== null && earlier.state !== 'WITHDRAWN') {
    return toEntryRow(earlier);
  }
  const row =
    earlier === null
      ? await tx.entry.create({
          data: {
            ...toColumns(subject),
            ...{ leaderboardId, networkId, searchId, teamId, datasetHash, createdById: userId },
          },
        })
      : await tx.entry.update({
          where: { id: earlier.id },
          data: { state: verdict ?? 'UNVERIFIED' },
        });
  tell({ kind: 'ENTERED', entryId: row.id, top1: row.top1 });
  await startVerification(transaction, queue, row);
  return toEntryRow(await tx.entry.findUniqueOrThrow({ where: { id: row.id } }));
}

/** What was measured of an entry that comes back; null when nothing was. */
function verdictOn(
  board: LeaderboardRow,
  { top1, verifiedTop1 }: Pick<EntryModel, 'top1' | 'verifiedTop1'>,
): 'VERIFIED' | 'REJECTED' | null {
  return verifiedTop1 === null ? null : judge(board, { top1, verifiedTop1 });
}

/** As Prisma writes it: JSON columns take no readonly lists. */
export function toColumns({ training, trainings, costs, ...rest }: EntrySubject) {
  return { ...rest, training, trainings: [...trainings], costs: [...costs] };
}

function requireFit(board: LeaderboardRow, { datasetHash, subject }: Candidate): void {
  if (datasetHash !== board.dataset.hash) {
    throw new DomainError(
      'CONFLICT',
      `The network was tested on the data set ${datasetHash}, and the board is of ${board.dataset.hash}.`,
      { path: ['network'] },
    );
  }
  const over = overBudget(board.budget, subject);
  if (over !== null) {
    throw new DomainError('INFEASIBLE', over, { path: ['network'] });
  }
}

const costNames = {
  PARAMS: 'params',
  MACS: 'macs',
  FLOPS_TOOL: 'flopsTool',
  ACTIVATION_BYTES: 'activationBytes',
  LATENCY_MS: 'latencyMs',
} as const satisfies Record<LeaderboardBudget['axis'], keyof EntrySubject>;

/** In words why a network does not meet a budget; null when it does. */
export function overBudget(
  budget: LeaderboardBudget | null,
  subject: Pick<EntrySubject, (typeof costNames)[LeaderboardBudget['axis']]>,
): string | null {
  if (budget === null) {
    return null;
  }
  const name = costNames[budget.axis];
  const cost = subject[name];
  if (cost === null) {
    return `The network's ${name} is not known, and the board takes ${budget.max} at most.`;
  }
  return cost <= budget.max
    ? null
    : `The network's ${name} is ${cost}, and the board takes ${budget.max} at most.`;
}
