import { setTimeout as pause } from 'node:timers/promises';
import { rowId } from '../../apps/api/src/schema/global-id.ts';
import { StartSearchDocument, toSearchSpecInput } from '../../packages/client/src/index.ts';
import type { FaultName } from './fault-names.mjs';
import { faults } from './faults.ts';
import { brokenInvariants } from './invariants.ts';
import type { PlannedFault } from './plan.ts';
import { type Repetition, repetitionsOf } from './repeated-steps.ts';
import { chaosSpec } from './search.ts';
import { type Watched, watchToTheEnd } from './watcher.ts';
import type { World } from './world.ts';

export interface InjectedFault {
  readonly name: FaultName;
  /** What was done, in words. */
  readonly text: string;
}

export interface RoundResult {
  readonly seed: number;
  readonly seconds: number;
  readonly faults: readonly InjectedFault[];
  readonly repetitions: readonly Repetition[];
  /** How often the watcher had to connect again. */
  readonly reconnections: number;
  /** What does not hold; a round without any has held. */
  readonly broken: readonly string[];
}

export interface SearchRun {
  readonly searchId: string;
  readonly watched: Watched;
  readonly faults: readonly InjectedFault[];
}

/** A search that does not end by itself has been lost. */
const longestSearchMinutes = 10;

/** Takes a search to its end while what is planned happens to the platform. */
export async function runSearch(
  world: World,
  plan: readonly PlannedFault[],
  say: (line: string) => void,
): Promise<SearchRun> {
  const { startSearch } = await world.client.request(StartSearchDocument, {
    input: { spec: toSearchSpecInput(chaosSpec) },
  });
  const search = startSearch.id;
  const searchId = rowId(search, 'Search', []);
  const ended = new AbortController();
  const watching = watchToTheEnd(world.client, search).finally(() => ended.abort());
  watching.catch(() => {});
  const run = async () => {
    const injected = await disturb({ world, search, searchId }, plan, ended.signal, say);
    return { searchId, watched: await watching, faults: injected };
  };
  const late = pause(longestSearchMinutes * 60_000, null, { ref: false });
  const whole = await Promise.race([run(), late]);
  if (whole === null) throw new Error(`the search did not end in ${longestSearchMinutes} minutes`);
  return whole;
}

/** Does one after the other until the search has ended. */
async function disturb(
  context: { world: World; search: string; searchId: string },
  plan: readonly PlannedFault[],
  ended: AbortSignal,
  say: (line: string) => void,
): Promise<InjectedFault[]> {
  const injected: InjectedFault[] = [];
  let last: Promise<void> = Promise.resolve();
  const all: Promise<void>[] = [];
  for (const { name, pauseMilliseconds, overlaps, random } of plan) {
    if (!overlaps) await last;
    await pause(pauseMilliseconds, undefined, { signal: ended }).catch(() => {});
    if (ended.aborted) break;
    last = faults[name]({ ...context, random }).then((text) => {
      injected.push({ name, text });
      say(`    ${text}`);
    });
    all.push(last);
  }
  await Promise.all(all);
  return injected;
}

/** One round: a disturbed search, and everything that has to hold afterwards. */
export async function runRound(
  world: World,
  { seed, plan, expected }: { seed: number; plan: PlannedFault[]; expected: Map<string, string> },
  say: (line: string) => void,
): Promise<RoundResult> {
  const begin = performance.now();
  const { searchId, watched, faults: injected } = await runSearch(world, plan, say);
  const repetitions = await repetitionsOf(world.db, searchId);
  const broken = await brokenInvariants({ world, searchId, watched, repetitions, expected });
  return {
    seed,
    seconds: (performance.now() - begin) / 1000,
    faults: injected,
    repetitions,
    reconnections: watched.lost,
    broken,
  };
}
