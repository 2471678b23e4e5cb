import { expect, it } from 'vitest';
import { interleave, runsOfTurn } from './interleave.ts';

const plan = { rounds: 3, secondsEach: 6, mostRuns: 10 };

function runner(name: string, warmMs: number | null, log: string[], failsIn = -1) {
  let turn = 0;
  return {
    name,
    warmMs,
    run: async (count: number) => {
      if (turn++ === failsIn) throw new Error('out of memory');
      log.push(`${name}${count}`);
      return Array.from({ length: count }, () => ({ ms: turn, cpuMs: 1 }));
    },
  };
}

it('takes turns, fewer of what takes long', async () => {
  const log: string[] = [];
  const turns = await interleave(
    [runner('a', 500, log), runner('b', 3000, log), runner('c', null, log)],
    plan,
  );
  expect(log).toEqual(['a4', 'b1', 'c1', 'a4', 'b1', 'a4']);
  expect(turns.get('b')).toEqual({ rounds: [[{ ms: 1, cpuMs: 1 }], [{ ms: 2, cpuMs: 1 }]] });
});

it('goes on without one that fails', async () => {
  const log: string[] = [];
  const turns = await interleave([runner('a', 1500, log, 1), runner('b', 1500, log)], plan);
  expect(log).toEqual(['a1', 'b1', 'b1', 'b1']);
  expect(turns.get('a')).toEqual({ failure: 'out of memory' });
});

it('runs fast ones no more than so often', () => {
  expect(runsOfTurn(0.01, 2, plan)).toBe(10);
});

it('runs once what takes longer than its whole time', () => {
  expect([0, 1, 2].map((round) => runsOfTurn(60_000, round, plan))).toEqual([1, 0, 0]);
});
