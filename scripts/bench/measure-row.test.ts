import { expect, it } from 'vitest';
import { solverCommand } from './contenders.ts';
import { measureRow } from './measure-row.ts';

const search = { command: solverCommand, workload: 'traversal-exact' };

it('measures a row in turns; what fails says why', async () => {
  const said: string[] = [];
  const { entries } = await measureRow(
    {
      name: 'traversal',
      title: 'Searches',
      entries: [
        { ...search, name: 'exact', against: null },
        { ...search, name: 'again', against: 'exact' },
        { ...search, name: 'unknown', workload: 'abacus', against: 'exact' },
      ],
    },
    // So many seconds that the most runs of a turn are reached on any machine.
    { rounds: 2, secondsEach: 3600, mostRuns: 2, limitSeconds: 60, say: (line) => said.push(line) },
  );
  const [exact, again, unknown] = entries;
  expect(said).toContain('traversal: round 2 of 2');
  for (const entry of [exact, again]) {
    expect(entry).toMatchObject({ failure: null, imagesPerSecond: null });
    expect(entry?.runs).toBe(4);
    const { least = 0, median = 0, most = 0 } = entry?.wall ?? {};
    expect(least).toBeGreaterThan(0);
    expect(median).toBeGreaterThanOrEqual(least);
    expect(most).toBeGreaterThanOrEqual(median);
  }
  expect(exact?.ratio).toBeNull();
  expect(again?.ratio?.of).toBe('exact');
  expect(again?.ratio?.wall.median).toBeGreaterThan(0);
  expect(unknown).toMatchObject({
    ...{ runs: 0, wall: null, ratio: null, failure: 'There is no search "abacus".' },
  });
});
