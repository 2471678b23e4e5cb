import {
  type Client,
  ClientError,
  type EventDetailFragment,
  readSearch,
  type SearchDetail,
  watchSearch,
} from '@blockwise/client';
import type { Screen } from './view/screen.ts';

const redrawMilliseconds = 500;

/**
 * Shows a search until it ends. Events say when something happened; what is shown is read anew, at
 * most twice a second, so that the terminal cannot drift from the rows.
 *
 * @returns the search as it ended
 * @throws ClientError when the API refuses or stays away; the signal's reason when it fires
 */
export async function followSearch(
  client: Client,
  id: string,
  screen: Screen,
  signal: AbortSignal,
): Promise<SearchDetail> {
  const losses = new Map<string, number>();
  const refused = new AbortController();
  let search = await requireSearch(client, id);
  let stale = false;
  let reading = false;
  const redraw = async () => {
    if (reading) return;
    reading = true;
    try {
      if (stale) {
        stale = false;
        search = await requireSearch(client, id);
      }
      screen.show(search, losses);
    } catch (error) {
      stale = true;
      // A lost connection is the watch's to take up again.
      if (!isUnreachable(error)) refused.abort(error);
    } finally {
      reading = false;
    }
  };
  screen.show(search, losses);
  const timer = setInterval(() => void redraw(), redrawMilliseconds);
  let isLost = false;
  try {
    for await (const event of watchSearch(client, id, {
      after: search.cursor,
      signal: AbortSignal.any([refused.signal, signal]),
      onLost() {
        if (!isLost) screen.say('The connection to the API is lost; trying again.');
        isLost = true;
      },
    })) {
      isLost = false;
      stale = true;
      noteLoss(event, losses);
      if (event.kind === 'MESSAGE' && event.message) screen.say(event.message);
    }
  } finally {
    clearInterval(timer);
  }
  refused.signal.throwIfAborted();
  signal.throwIfAborted();
  search = await requireSearch(client, id);
  screen.show(search, losses);
  return search;
}

async function requireSearch(client: Client, id: string): Promise<SearchDetail> {
  const search = await readSearch(client, id);
  if (search === null) throw new Error(`The API knows no search ${id}.`);
  return search;
}

function isUnreachable(error: unknown): boolean {
  return error instanceof ClientError && error.code === 'UNREACHABLE';
}

/** Remembers the newest training loss of a job. */
function noteLoss({ job, points }: EventDetailFragment, losses: Map<string, number>): void {
  const value = points?.values.at(-1);
  if (job && points?.key === 'loss' && value !== undefined) losses.set(job, value);
}
