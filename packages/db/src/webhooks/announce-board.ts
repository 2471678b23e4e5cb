import type { Prisma } from '../generated/client.ts';
import type { LeaderboardRow } from '../leaderboard/rows.ts';
import { announce } from './announce.ts';

/** What may have changed on a board. */
export interface BoardNews {
  /** Entries that were evaluated again: what they claimed, and what came out. */
  readonly checked: readonly {
    readonly kind: 'VERIFIED' | 'REJECTED';
    readonly entryId: string;
    readonly claimed: number;
    readonly measured: number;
  }[];
  readonly formerLeaderId: string | null;
  readonly leader: { readonly id: string; readonly top1: number } | null;
}

/** Tells the webhooks of a board's team. A PRIVATE board is not spoken of. */
export async function announceBoard(
  tx: Prisma.TransactionClient,
  { id: leaderboardId, teamId, visibility }: LeaderboardRow,
  { checked, formerLeaderId, leader }: BoardNews,
): Promise<void> {
  if (visibility === 'PRIVATE') {
    return;
  }
  for (const { kind, ...figures } of checked) {
    await announce(tx, teamId, { event: `ENTRY_${kind}`, leaderboardId, ...figures });
  }
  if (leader !== null && leader.id !== formerLeaderId) {
    await announce(tx, teamId, {
      event: 'LEADER_CHANGED',
      leaderboardId,
      entryId: leader.id,
      formerEntryId: formerLeaderId,
      value: leader.top1,
    });
  }
}
