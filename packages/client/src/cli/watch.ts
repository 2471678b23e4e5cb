import type { Client } from '../client.ts';
import { ClientError } from '../client-error.ts';
import type { EventDetailFragment, JobState } from '../generated/graphql.ts';
import { readSearch, type SearchDetail } from '../read-search.ts';
import { watchSearch } from '../watch-search.ts';
import type { CommandContext } from './command.ts';
import { eventLine } from './event-line.ts';

/** Where in a search's events to begin. */
interface Position {
  readonly search: string;
  /** Cursor; from the first event if not given. */
  readonly after?: string;
}

/** Prints what happens in a search until nothing is under way for it; 0 when it is complete. */
export async function watchToEnd(context: CommandContext, search: string): Promise<number> {
  await watchUntil(context, { search }, () => false);
  const { state } = await requireSearch(context.client, search);
  return state === 'COMPLETE' ? 0 : 1;
}

/** Prints what happens until every one of the jobs has ended; 0 when all are complete. */
export async function watchJobs(
  context: CommandContext,
  position: Position,
  jobs: readonly string[],
): Promise<number> {
  const ends = new Map<string, JobState>();
  await watchUntil(context, position, ({ kind, job, jobState }) => {
    if (kind === 'JOB_CHANGED' && job && jobState && jobs.includes(job) && isFinal(jobState)) {
      ends.set(job, jobState);
    }
    return ends.size === jobs.length;
  });
  return jobs.every((job) => ends.get(job) === 'COMPLETE') ? 0 : 1;
}

/** Prints what happens until an event for which `isLast` holds, or nothing is under way any more. */
export async function watchUntil(
  { client, print }: CommandContext,
  { search, after }: Position,
  isLast: (event: EventDetailFragment) => boolean,
): Promise<void> {
  for await (const event of watchSearch(client, search, { after })) {
    const line = eventLine(event);
    if (line !== undefined) print(line);
    if (isLast(event)) return;
  }
}

export function isFinal(state: JobState): boolean {
  return state === 'COMPLETE' || state === 'FAILED' || state === 'CANCELLED';
}

export async function requireSearch(client: Client, id: string): Promise<SearchDetail> {
  const search = await readSearch(client, id);
  if (search === null) throw new ClientError('NOT_FOUND', `There is no search ${id}.`);
  return search;
}
