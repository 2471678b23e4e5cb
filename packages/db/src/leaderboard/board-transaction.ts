import { type LeaderboardEventKind, leaderboardChannel, rankedStates } from '@blockwise/contracts';
import type { Prisma } from '../generated/client.ts';
import { announceBoard } from '../webhooks/announce-board.ts';
import { toLeaderboardRow } from './from-board-rows.ts';
import type { EntryRow, LeaderboardRow } from './rows.ts';

/** What a board is told of. */
interface BoardEvent {
  readonly kind: Exclude<LeaderboardEventKind, 'LEADER_CHANGED'>;
  readonly entryId: string;
  readonly top1: number;
  readonly verifiedTop1?: number;
}

/** One change of a board whose row is locked until the surrounding transaction ends. */
export interface BoardTransaction {
  readonly tx: Prisma.TransactionClient;
  readonly board: LeaderboardRow;
  tell(event: BoardEvent): void;
}

/**
 * Runs `work` while the transaction holds the board's row. Everything that changes entries does, so
 * that cursors follow the order of commits without gaps, and whoever leads after it is compared with
 * who led before it. Transactions that also hold a search take that first; several boards are taken
 * in the order of their ids. Returns null when there is no such board.
 */
export async function changeBoard<T>(
  tx: Prisma.TransactionClient,
  leaderboardId: string,
  work: (transaction: BoardTransaction) => Promise<T>,
): Promise<T | null> {
  await tx.$queryRaw`SELECT 1 FROM leaderboard WHERE id = ${leaderboardId}::uuid FOR NO KEY UPDATE`;
  const row = await tx.leaderboard.findUnique({ where: { id: leaderboardId } });
  if (row === null) {
    return null;
  }
  const before = await leaderOf(tx, leaderboardId);
  const events: BoardEvent[] = [];
  const board = toLeaderboardRow(row);
  const result = await work({
    tx,
    board,
    tell: (event) => events.push(event),
  });
  const after = await leaderOf(tx, leaderboardId);
  const change =
    before?.id === after?.id
      ? []
      : [
          {
            kind: 'LEADER_CHANGED' as const,
            entryId: after?.id ?? null,
            top1: after?.top1 ?? null,
          },
        ];
  await append(tx, leaderboardId, [...events, ...change]);
  await announceBoard(tx, board, {
    checked: events.flatMap(({ kind, entryId, top1: claimed, verifiedTop1: measured }) =>
      (kind === 'VERIFIED' || kind === 'REJECTED') && measured !== undefined
        ? [{ kind, entryId, claimed, measured }]
        : [],
    ),
    formerLeaderId: before?.id ?? null,
    leader: after,
  });
  return result;
}

/** The order of a board: the most accurate first, of equals who came first. */
export const boardOrder = [{ top1: 'desc' }, { id: 'asc' }] as const;

export const ranked = { in: [...rankedStates] };

async function leaderOf(
  tx: Prisma.TransactionClient,
  leaderboardId: string,
): Promise<Pick<EntryRow, 'id' | 'top1'> | null> {
  return tx.entry.findFirst({
    where: { leaderboardId, state: ranked },
    orderBy: [...boardOrder],
    select: { id: true, top1: true },
  });
}

/** Writes events behind the board's cursor and notifies once. */
async function append(
  tx: Prisma.TransactionClient,
  leaderboardId: string,
  events: readonly Omit<Prisma.LeaderboardEventCreateManyInput, 'leaderboardId' | 'cursor'>[],
): Promise<void> {
  if (events.length === 0) {
    return;
  }
  const { eventCursor } = await tx.leaderboard.update({
    where: { id: leaderboardId },
    select: { eventCursor: true },
    data: { eventCursor: { increment: events.length } },
  });
  const at = new Date();
  const first = eventCursor - events.length + 1;
  await tx.leaderboardEvent.createMany({
    data: events.map((event, i) => ({ ...event, leaderboardId, cursor: first + i, at })),
  });
  const notice = JSON.stringify({ leaderboardId, cursor: eventCursor });
  await tx.$queryRaw`SELECT pg_notify(${leaderboardChannel}, ${notice})::text`;
}
