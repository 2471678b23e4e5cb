import type { FaultName } from './fault-names.mjs';
import { outcomeOf } from './outcome.ts';
import { planRound } from './plan.ts';
import { type RoundResult, runRound, runSearch } from './round.ts';
import { openWorld, type World } from './world.ts';

export interface ChaosOptions {
  /** Of the repository. */
  readonly root: string;
  readonly rounds: number;
  readonly seed: number;
  readonly faults: number;
  readonly only: readonly FaultName[];
  readonly say: (line: string) => void;
  /** Ends the run after the round that goes on. */
  readonly signal?: AbortSignal;
}

export interface ChaosReport {
  readonly rounds: readonly RoundResult[];
  /** What cannot happen on this machine, each with why. */
  readonly left: Readonly<Partial<Record<FaultName, string>>>;
}

/** Opens a platform, runs one search in peace and then disturbed ones, and compares. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { root, rounds, seed, faults, only, say, signal } = options;
  say('A platform is started.');
  const world = await openWorld(root);
  const results: RoundResult[] = [];
  const left = impossible(world);
  try {
    say('A search in peace.');
    const begin = performance.now();
    const peaceful = await runSearch(world, [], say);
    const expected = await outcomeOf(world.db, peaceful.searchId);
    say(`  complete after ${((performance.now() - begin) / 1000).toFixed(1)} s`);
    const possible = only.filter((name) => left[name] === undefined);
    for (let i = 0; i < rounds && !signal?.aborted; i += 1) {
      say(`  round ${i + 1}, seed ${seed + i}`);
      const plan = planRound(seed + i, faults, possible);
      const round = { seed: seed + i, plan, expected };
      const result = await runRound(world, round, say).catch((error) => failedRound(round, error));
      results.push(result);
      for (const line of result.broken) say(`    BROKEN: ${line}`);
      const steps = Math.max(0, ...result.repetitions.map((repetition) => repetition.steps));
      say(
        `    ${result.broken.length === 0 ? 'held' : 'BROKEN'} after ${result.seconds.toFixed(1)} s; ` +
          `${result.repetitions.length} curves repeated ${steps} steps at most`,
      );
      if (result.broken.length > 0) break;
    }
  } finally {
    const isBroken = results.at(-1)?.broken.length !== 0;
    if (isBroken) say(`Logs are in ${world.folder}.`);
    await world.close({ keepFolder: isBroken });
  }
  return { rounds: results, left };
}

/** A search that could not be followed to its end has not held. */
function failedRound({ seed }: { seed: number }, error: Error): RoundResult {
  const broken = [error.stack ?? error.message];
  return { seed, seconds: 0, faults: [], repetitions: [], reconnections: 0, broken };
}

function impossible({ disk, web }: World): ChaosReport['left'] {
  return {
    ...(disk === null
      ? { 'fill-disk': 'only root on Linux may mount a disk that is small enough to be filled' }
      : {}),
    ...(web === null ? { 'kill-web': 'the pages are not built' } : {}),
  };
}
