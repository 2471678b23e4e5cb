import type { SearchEvent } from '@blockwise/contracts';
import type { Prisma } from '../generated/client.ts';
import { announce } from './announce.ts';

type Told = Extract<SearchEvent, { kind: 'SEARCH_CHANGED' | 'NETWORK_TESTED' | 'AUDIT_CHANGED' }>;

/**
 * Tells the team's webhooks of those of a search's new events that they can hear of. A PRIVATE
 * search or network is not spoken of.
 */
export async function announceSearch(
  tx: Prisma.TransactionClient,
  searchId: string,
  events: readonly SearchEvent[],
): Promise<void> {
  const told = events.filter(isTold);
  if (told.length === 0) {
    return;
  }
  const { teamId, name, visibility } = await tx.search.findUniqueOrThrow({
    where: { id: searchId },
    select: { teamId: true, name: true, visibility: true },
  });
  for (const event of told) {
    if (event.kind === 'NETWORK_TESTED') {
      const { networkId, retrainingId, top1 } = event;
      const network = await tx.network.findUniqueOrThrow({
        where: { id: networkId },
        select: { visibility: true },
      });
      if ((network.visibility ?? visibility) === 'PRIVATE') continue;
      const tested = { searchId, networkId, retrainingId, top1 };
      await announce(tx, teamId, { event: 'NETWORK_TESTED', ...tested });
    } else if (visibility === 'PRIVATE') {
    } else if (event.kind === 'AUDIT_CHANGED') {
      const { auditId } = event;
      const audit = await tx.audit.findUniqueOrThrow({
        where: { id: auditId },
        select: { name: true },
      });
      await announce(tx, teamId, { event: 'AUDIT_COMPLETE', searchId, auditId, name: audit.name });
    } else {
      const { failure } = event;
      const ended = ends[event.state as keyof typeof ends];
      await announce(tx, teamId, { event: ended, searchId, name, failure });
    }
  }
}

/** Final states of a search, and what is told of them. */
const ends = {
  COMPLETE: 'SEARCH_COMPLETE',
  FAILED: 'SEARCH_FAILED',
  CANCELLED: 'SEARCH_CANCELLED',
} as const;

function isTold(event: SearchEvent): event is Told {
  switch (event.kind) {
    case 'SEARCH_CHANGED':
      return event.state in ends;
    case 'NETWORK_TESTED':
      return true;
    case 'AUDIT_CHANGED':
      return event.state === 'COMPLETE';
    default:
      return false;
  }
}
