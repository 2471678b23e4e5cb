import type { SearchEvent } from '@blockwise/contracts';
import { isReadable, readNarrowed } from '@blockwise/db';
import type { Context } from '../context.ts';
import type { EventRows } from '../events/follow.ts';

/**
 * Events of a search that its viewer may see: those about a network or teacher with a visibility of its
 * own, and about their jobs, only if that may be seen too. Usually that is the very same page.
 */
export async function visibleEvents(
  { database, hub, loaders, viewer }: Context,
  searchId: string,
  page: EventRows,
): Promise<EventRows> {
  if (page.rows.length === 0) return page;
  const narrowed = await hub.share(searchId, 'narrowed', () => readNarrowed(database, searchId));
  if (narrowed.length === 0) return page;
  const search = await loaders.requireSearch(searchId);
  const hidden = narrowed.filter(
    ({ visibility }) => !isReadable(viewer.reader, { ...search, visibility }),
  );
  if (hidden.length === 0) return page;
  const networks = new Set(hidden.map(({ networkId }) => networkId));
  const jobs = new Set(hidden.flatMap(({ jobIds }) => jobIds));
  const isHidden = (event: SearchEvent): boolean => {
    if ('jobId' in event) return jobs.has(event.jobId);
    return 'networkId' in event && networks.has(event.networkId);
  };
  return { ...page, rows: page.rows.filter(({ event }) => !isHidden(event)) };
}
