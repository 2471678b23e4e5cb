import { expect, it } from 'vitest';
import { faultNames } from './fault-names.mjs';
import { planRound } from './plan.ts';

const namesOf = (seed: number, count: number) =>
  planRound(seed, count, faultNames).map(({ name }) => name);

/** With the first number that is left to chance in each. */
const drawn = (seed: number) =>
  planRound(seed, 5, faultNames).map(({ random, ...fault }) => ({ ...fault, next: random.next() }));

it('a round is the same whenever it is planned, and another with another seed', () => {
  expect(drawn(3)).toEqual(drawn(3));
  expect(namesOf(3, 5)).not.toEqual(namesOf(4, 5));
});

it('everything happens once before anything happens again', () => {
  const names = namesOf(1, 2 * faultNames.length);
  expect(new Set(names.slice(0, faultNames.length)).size).toBe(faultNames.length);
  expect(new Set(names.slice(faultNames.length)).size).toBe(faultNames.length);
});

it('twenty rounds of five leave nothing out', () => {
  const names = Array.from({ length: 20 }, (_, i) => namesOf(1 + i, 5)).flat();
  expect(new Set(names).size).toBe(faultNames.length);
});
