import { expect, test } from 'vitest';
import { forecast, secondsOnSlots } from './forecast.ts';
import type { PlannedJob } from './planned-jobs.ts';
import { defaultSpeed, meanSpeed, measuredSpeed } from './speed.ts';

const work = (low: number, high = low) => ({ low, high });
const jobs: PlannedJob[] = [
  { kind: 'teacher', work: work(100) },
  { kind: 'distil', block: 0, work: work(40) },
  { kind: 'distil', block: 0, work: work(60) },
  { kind: 'distil', block: 1, work: work(50) },
  { kind: 'rate', block: 0, work: work(10) },
  { kind: 'solve', work: work(5) },
  { kind: 'retrain', work: work(30, 90) },
];
/** A unit of work takes a second when all goes well, two when it does not. */
const speed = { slow: 0.5, usual: 0.8, fast: 1, isMeasured: true };
const on = (slots: number, trainers = 1) => ({ slots, trainers, speedOf: () => speed });

test('sums what is computed, and lets slots work side by side', () => {
  const alone = forecast(jobs, 20, false, on(1));
  // Features belong to the cells.
  expect(alone.phases.map(({ phase, jobs: count, seconds }) => [phase, count, seconds])).toEqual([
    ['teacher', 1, { low: 100, high: 200 }],
    ['distil', 3, { low: 170, high: 340 }],
    ['rate', 1, { low: 10, high: 20 }],
    ['solve', 1, { low: 5, high: 10 }],
    ['retrain', 1, { low: 30, high: 180 }],
  ]);
  expect(alone.computing).toEqual({ low: 315, high: 750 });
  // One slot does everything one after the other.
  expect(alone.lasting).toEqual(alone.computing);
  const two = forecast(jobs, 0, false, on(2));
  // 60 beside 50 and 10 beside 40: the cells and the rating on two slots.
  expect(two.lasting.low).toBe(100 + 90 + 5 + 30);
  expect(two.computing).toEqual(forecast(jobs, 0, false, on(1)).computing);
  // Block by block the second cell has to wait.
  expect(forecast(jobs, 0, true, on(2)).lasting.low).toBe(100 + 60 + 50 + 5 + 30);
  // Trainers that share no cache compute features each for itself, at worst.
  expect(forecast(jobs, 20, false, on(2, 2)).computing).toEqual({ low: 315, high: 790 });
});

test.each([
  [[], 2, 0],
  [[3], 4, 3],
  [[5, 4, 3, 3, 3], 2, 10],
  [[1, 1, 1], 1, 3],
])('%j on %i slots takes %i seconds', (seconds, slots, expected) => {
  expect(
    secondsOnSlots(
      seconds.map((each) => ({ seconds: each })),
      slots,
    ),
  ).toBe(expected);
});

test('a speed is the median of what was measured, at least a fifth wide, else a guess', () => {
  expect(measuredSpeed([4, 1, 2, 3, 5])).toEqual({ slow: 2, usual: 3, fast: 4, isMeasured: true });
  expect(measuredSpeed([12])).toEqual({
    slow: 10,
    usual: 12,
    fast: 14.399999999999999,
    isMeasured: true,
  });
  const guess = defaultSpeed('distil', 'wasm');
  expect(guess).toMatchObject({ slow: guess.usual / 3, fast: guess.usual * 3, isMeasured: false });
  expect(
    meanSpeed([
      { slots: 3, speed: measuredSpeed([12]) },
      { slots: 1, speed: { slow: 1, usual: 4, fast: 8, isMeasured: false } },
    ]),
  ).toMatchObject({ usual: 10, isMeasured: false });
});
