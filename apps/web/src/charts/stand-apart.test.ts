import { expect, test } from 'vitest';
import { standApart } from './stand-apart.ts';

test('a point steps back for an earlier one, but not for one that stepped back itself', () => {
  const xs = [0, 6, 12, 30, 0];
  expect(
    standApart(
      xs.map((x) => ({ x, y: 0 })),
      10,
    ),
  ).toEqual([true, false, true, true, false]);
});
