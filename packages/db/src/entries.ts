import type { Database } from './database.ts';
import { toEntryRow } from './from-network-rows.ts';
import {
  checkFirst,
  decodeCursor,
  encodeCursor,
  isNumberKey,
  type Page,
  type PageRequest,
  toPage,
} from './page.ts';
import type { EntryRow } from './rows.ts';
import { localTeamId } from './team.ts';

export interface ListEntries extends PageRequest {
  /** Only networks tested on this data set; accuracies on different ones don't compare. */
  readonly datasetHash?: string | null | undefined;
  readonly searchId?: string | null | undefined;
  readonly teamId?: string;
}

/** A team's leaderboard, the highest top-1 first. */
export async function listEntries(db: Database, request: ListEntries): Promise<Page<EntryRow>> {
  const first = checkFirst(request.first);
  const after = decodeCursor('entries', request.after, isNumberKey);
  const rows = await db.prisma.entry.findMany({
    where: {
      teamId: request.teamId ?? localTeamId,
      ...(request.datasetHash ? { datasetHash: request.datasetHash } : {}),
      ...(request.searchId ? { searchId: request.searchId } : {}),
      ...(after === null
        ? {}
        : { OR: [{ top1: { lt: after[0] } }, { top1: after[0], id: { lt: after[1] } }] }),
    },
    orderBy: [{ top1: 'desc' }, { id: 'desc' }],
    take: first + 1,
  });
  return toPage(rows, first, (row) => ({
    cursor: encodeCursor('entries', [row.top1, row.id]),
    node: toEntryRow(row),
  }));
}
