import { searchEvent } from '@blockwise/contracts';
import type { Database } from './database.ts';
import type { EventRow } from './rows.ts';

/** Events of a search behind cursor `after` (0: from the first), oldest first. */
export async function readEvents(
  db: Database,
  searchId: string,
  after: number,
  limit: number,
): Promise<EventRow[]> {
  const rows = await db.prisma.event.findMany({
    where: { searchId, cursor: { gt: after } },
    orderBy: { cursor: 'asc' },
    take: limit,
  });
  return rows.map(({ cursor, at, kind, payload }) => ({
    cursor,
    at,
    event: searchEvent.parse({ kind, ...(payload as object) }),
  }));
}
