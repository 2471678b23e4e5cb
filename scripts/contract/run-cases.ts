import { type Case, Skip } from './case.ts';
import type { World } from './world.ts';

export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * Runs cases one after the other.
 *
 * @param print gets a line for each, and more where one failed
 */
export async function runCases(
  cases: readonly Case[],
  world: World,
  print: (line: string) => void,
): Promise<Totals> {
  const totals = { passed: 0, failed: 0, skipped: 0 };
  for (const { name, run } of cases) {
    const start = performance.now();
    try {
      await run(world);
      totals.passed += 1;
      print(`ok       ${name} (${Math.round(performance.now() - start)} ms)`);
    } catch (error) {
      if (error instanceof Skip) {
        totals.skipped += 1;
        print(`skipped  ${name} (${error.message})`);
        continue;
      }
      totals.failed += 1;
      print(`FAILED   ${name}`);
      const told = error instanceof Error ? error.message : String(error);
      for (const line of told.trimEnd().split('\n')) print(`         ${line}`);
    }
  }
  return totals;
}
