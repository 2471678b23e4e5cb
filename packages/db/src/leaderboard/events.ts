import type { Database } from '../database.ts';
import type { LeaderboardEventRow } from './rows.ts';

/** Events of a board behind cursor `after` (0: from the first), oldest first. */
export async function readLeaderboardEvents(
  db: Database,
  leaderboardId: string,
  after: number,
  limit: number,
): Promise<LeaderboardEventRow[]> {
  return db.prisma.leaderboardEvent.findMany({
    where: { leaderboardId, cursor: { gt: after } },
    orderBy: { cursor: 'asc' },
    take: limit,
  });
}
