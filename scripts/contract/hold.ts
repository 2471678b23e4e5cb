import type { ContractFlags } from './flags.mjs';
import { runCases, type Totals } from './run-cases.ts';
import { suite } from './suite.ts';
import { openWorld } from './world.ts';

/**
 * Holds a server against the contract and tells how, a line for each case.
 *
 * @throws when the server cannot be asked, or the token may not do what the suite needs
 */
export async function holdServer(
  flags: ContractFlags,
  print: (line: string) => void,
): Promise<Totals> {
  const world = await openWorld(flags);
  const cases = suite.filter(({ name }) => flags.only === undefined || name.includes(flags.only));
  try {
    return await runCases(cases, world, print);
  } finally {
    for (const left of await world.leave()) print(`stays    ${left}`);
  }
}
