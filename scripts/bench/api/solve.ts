import type { Measured } from '../figures.ts';
import { ask, globalId } from './ask.ts';
import type { Seeded } from './seed.ts';
import type { BenchApi } from './server.ts';

const query = `query ($search: ID!, $max: Float!) {
  solve(search: $search, constraints: { macs: { max: $max } }, networks: 5) {
    loss macs architecture } }`;

/** A budget that is another one each time; the very first, which reads the ratings, is in the note. */
export async function measureSolve(
  api: BenchApi,
  { searchId }: Seeded,
  runs: number,
): Promise<Measured> {
  const search = globalId('Search', searchId);
  const solve = async (max: number) => {
    const { data, ms } = await ask<{ solve: { macs: number }[] }>(api, query, { search, max });
    if (data.solve.length !== 5 || data.solve.some(({ macs }) => macs > max)) {
      throw new Error(`solve did not answer five networks of ${max} macs at most.`);
    }
    return ms;
  };
  const first = await solve(100e6);
  const times: number[] = [];
  for (let run = 0; run < runs; run++) times.push(await solve(60e6 + 1e6 * run));
  return { times, note: `the first, which reads all ratings: ${first.toFixed(0)} ms` };
}
