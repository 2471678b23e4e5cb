import fc from 'fast-check';
import { expect, test } from 'vitest';
import { batchPlan } from './batches.ts';

const indices = Uint32Array.from({ length: 103 }, (_, i) => 5 + 2 * i);
const plan = { indices, batch: 10, seed: 1, epoch: 0, dropLast: false };

test('an epoch holds every index once, in full batches but for the last', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(10_000), { minLength: 1, maxLength: 80 }),
      fc.integer({ min: 1, max: 90 }),
      fc.nat(20),
      (values, batch, epoch) => {
        const options = { ...plan, indices: Uint32Array.from(values), batch, epoch };
        const batches = batchPlan(options);
        const ascending = (list: number[]) => list.sort((a, b) => a - b);
        expect(ascending(batches.flatMap((piece) => [...piece]))).toEqual(ascending(values));
        const full = Math.floor(values.length / batch);
        expect(batches.slice(0, full).every((piece) => piece.length === batch)).toBe(true);
        expect(batchPlan({ ...options, dropLast: true })).toEqual(batches.slice(0, full));
      },
    ),
  );
});

test('an epoch can be recomputed alone; seeds and epochs differ', () => {
  expect(batchPlan({ ...plan, epoch: 7 })).toEqual(batchPlan({ ...plan, epoch: 7 }));
  const first = (change: object) => [...(batchPlan({ ...plan, ...change })[0] ?? [])];
  expect(first({ epoch: 1 })).not.toEqual(first({}));
  expect(first({ seed: 2 })).not.toEqual(first({}));
});

test('the given indices stay as they are, and a batch of nothing is a mistake', () => {
  batchPlan(plan);
  expect([...indices]).toEqual(Array.from({ length: 103 }, (_, i) => 5 + 2 * i));
  expect(() => batchPlan({ ...plan, batch: 0 })).toThrow('not a count');
});
