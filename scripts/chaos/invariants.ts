import { isFinalJobState } from '../../packages/contracts/src/index.ts';
import { jobsOf, readSearch, runsOf } from '../../packages/db/src/index.ts';
import { artifactFaults } from './artifact-faults.ts';
import { differences, outcomeOf } from './outcome.ts';
import type { Repetition } from './repeated-steps.ts';
import { checkpointEverySteps } from './search.ts';
import type { Watched } from './watcher.ts';
import { untilAnswered, type World } from './world.ts';

export interface Ended {
  readonly world: World;
  /** The search's row. */
  readonly searchId: string;
  readonly watched: Watched;
  readonly repetitions: readonly Repetition[];
  /** What a search that nothing happened to has found. */
  readonly expected: ReadonlyMap<string, string>;
}

/** What does not hold after a round, a sentence each. */
export async function brokenInvariants(ended: Ended): Promise<string[]> {
  const { world, searchId, expected } = ended;
  const search = await readSearch(world.db, searchId);
  if (search?.state !== 'COMPLETE') {
    const why = search?.failure ? `: ${search.failure.code}, ${search.failure.message}` : '';
    return [`the search is ${search?.state}${why}`];
  }
  const found = await Promise.all([
    outcomeOf(world.db, searchId).then((outcome) => differences(expected, outcome)),
    brokenJobs(ended),
    brokenQueue(ended),
    brokenEvents(ended),
    artifactFaults(world),
    brokenParts(world),
  ]);
  return [...found.flat(), ...repeatedTooMuch(ended)];
}

/** Every job has ended, one attempt of each with a result, and no attempt seems to go on. */
async function brokenJobs({ world, searchId }: Ended): Promise<string[]> {
  const [jobs, runs] = await Promise.all([jobsOf(world.db, searchId), runsOf(world.db, searchId)]);
  const lines: string[] = [];
  for (const { id, kind, state } of jobs) {
    const own = runs.filter((run) => run.jobId === id);
    const complete = own.filter((run) => run.state === 'COMPLETE').length;
    if (state !== 'COMPLETE') lines.push(`a ${kind} job is ${state}`);
    if (complete !== 1) lines.push(`a ${kind} job has ${complete} attempts with a result`);
    const open = own.filter((run) => !isFinalJobState(run.state)).length;
    if (open > 0) lines.push(`a ${kind} job has ${open} attempts that have not ended`);
  }
  return lines;
}

/** The queue holds nothing any more. */
async function brokenQueue({ world }: Ended): Promise<string[]> {
  const { rows } = await world.db.pool.query<{ name: string; state: string; data: unknown }>(
    `SELECT name, state::text, data FROM pgboss.job
     WHERE name LIKE 'search.%' AND state IN ('created', 'retry', 'active')`,
  );
  return rows.map(({ name, state, data }) => `${name} still has ${JSON.stringify(data)}, ${state}`);
}

/** Events are numbered without a gap, and the watcher has heard each of them once, in order. */
async function brokenEvents({ world, searchId, watched }: Ended): Promise<string[]> {
  const { rows } = await world.db.pool.query<{ cursor: number }>(
    'SELECT cursor FROM event WHERE search_id = $1 ORDER BY cursor',
    [searchId],
  );
  const lines: string[] = [];
  const gap = rows.findIndex(({ cursor }, i) => cursor !== i + 1);
  if (gap !== -1) lines.push(`the events have a gap at ${gap + 1}`);
  const { cursors } = watched;
  const wrong = cursors.findIndex((cursor, i) => i > 0 && cursor === cursors[i - 1]);
  if (wrong !== -1) lines.push(`the watcher heard ${cursors[wrong]} twice`);
  if (cursors.length !== rows.length) {
    lines.push(`the watcher heard ${cursors.length} of ${rows.length} events`);
  }
  return lines;
}

/** Whatever was hurt works again. */
async function brokenParts({ web }: World): Promise<string[]> {
  if (web === null) return [];
  try {
    await untilAnswered(web.url);
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

/** A lost attempt costs one interval between checkpoints at most. */
function repeatedTooMuch({ repetitions }: Ended): string[] {
  return repetitions
    .filter(({ kind, steps }) => kind === 'distil' && steps > checkpointEverySteps)
    .map(
      ({ steps, attempt }) =>
        `attempt ${attempt} of a distil job repeated ${steps} steps, more than ${checkpointEverySteps}`,
    );
}
