import type { Sample } from './protocol.ts';

/** What takes its turn in every round. */
export interface Runner {
  readonly name: string;
  /** About how long one run takes; null: very long, once is enough. */
  readonly warmMs: number | null;
  run(count: number): Promise<readonly Sample[]>;
}

export interface Plan {
  /** Turns of each. */
  readonly rounds: number;
  /** About how long all turns of each take together; a single run may take longer. */
  readonly secondsEach: number;
  /** Runs of a turn at most. */
  readonly mostRuns: number;
}

/** The samples of each round, or why there are none. */
export type Turns =
  | { readonly rounds: readonly (readonly Sample[])[] }
  | { readonly failure: string };

/**
 * Lets all take turns, A B C A B C, so that what else happens on the machine happens to all. One that
 * fails leaves, and the others go on.
 */
export async function interleave(
  runners: readonly Runner[],
  { rounds, ...plan }: Plan,
  onRound: (round: number) => void = () => {},
): Promise<Map<string, Turns>> {
  const samples = new Map(runners.map(({ name }): [string, Sample[][]] => [name, []]));
  const failures = new Map<string, string>();
  for (let round = 0; round < rounds; round++) {
    onRound(round);
    for (const runner of runners) {
      const count = runsOfTurn(runner.warmMs, round, { rounds, ...plan });
      if (count === 0 || failures.has(runner.name)) continue;
      try {
        samples.get(runner.name)?.push([...(await runner.run(count))]);
      } catch (error) {
        failures.set(runner.name, error instanceof Error ? error.message : String(error));
      }
    }
  }
  return new Map(
    runners.map(({ name }) => {
      const failure = failures.get(name);
      return [name, failure === undefined ? { rounds: samples.get(name) ?? [] } : { failure }];
    }),
  );
}

/** How often one runs in its turn; those that take long have fewer turns, but always the first. */
export function runsOfTurn(
  warmMs: number | null,
  round: number,
  { rounds, secondsEach, mostRuns }: Plan,
): number {
  if (warmMs === null) return round === 0 ? 1 : 0;
  const affordable = Math.floor((1000 * secondsEach) / Math.max(warmMs, 1e-3));
  if (affordable < rounds) return round < Math.max(1, affordable) ? 1 : 0;
  return Math.min(mostRuns, Math.floor(affordable / rounds));
}
