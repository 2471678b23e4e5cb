import path from 'node:path';
import { expect, test } from 'vitest';
import { runChaos } from './run.ts';

const root = path.resolve(import.meta.dirname, '../..');

// The short form of `npm run chaos`: each of these once, in one round.
const only = [
  ...(['kill-trainer', 'kill-api', 'kill-postgres'] as const),
  ...(['cut-trainer', 'deliver-twice', 'poison-queue'] as const),
];

test('a search that everything happens to finds what it finds in peace', {
  timeout: 900_000,
}, async () => {
  const lines: string[] = [];
  const report = await runChaos({
    ...{ root, rounds: 1, seed: 2, faults: only.length, only },
    say: (line) => lines.push(line),
  });
  const told = lines.join('\n');
  expect(report.rounds, told).toHaveLength(1);
  expect(report.rounds[0]?.broken, told).toEqual([]);
  // The search is long enough for most of what is planned, on any machine.
  expect(report.rounds[0]?.faults.length, told).toBeGreaterThanOrEqual(3);
  console.info(told);
});
