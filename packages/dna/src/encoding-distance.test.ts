import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodingDistance } from './encoding-distance.ts';
import { spaceOf } from './presets.ts';
import { createRandom, samplePath } from './random.ts';
import type { CellChoice } from './types.ts';

const space = spaceOf('small-multi-32');
const choice = (cell: number, ...path: number[]): CellChoice => ({ cell, path });

it('counts layers with other operations, and all of the deeper cell where the cells differ', () => {
  const network = [choice(0, 5), choice(1, 0, 1, 2), choice(2, 3, 3)];
  const distance = (block: number, other: CellChoice) =>
    encodingDistance(network, network.with(block, other), space);
  expect(distance(0, choice(0, 5))).toBe(0);
  expect(distance(0, choice(0, 4))).toBe(1);
  expect(distance(1, choice(1, 2, 1, 0))).toBe(2);
  expect(distance(0, choice(2, 5, 5))).toBe(2);
  expect(distance(1, choice(0, 0, 1))).toBe(3);
  // Of equal depth, but another width.
  expect(distance(2, choice(0, 3, 3))).toBe(2);
  expect(() => encodingDistance(network, network.slice(1), space)).toThrow('block 2');
});

it('is a distance', () => {
  const any = fc.integer().map((seed) => {
    const random = createRandom(seed);
    return space.blocks.map(({ cells }, block) => {
      const cell = random.int(cells.length);
      return { cell, path: samplePath(space, block, cell, random) };
    });
  });
  fc.assert(
    fc.property(any, any, any, (a, b, c) => {
      const between = (x: CellChoice[], y: CellChoice[]) => encodingDistance(x, y, space);
      expect(between(a, b)).toBe(between(b, a));
      expect(between(a, b) === 0).toBe(JSON.stringify(a) === JSON.stringify(b));
      expect(between(a, c)).toBeLessThanOrEqual(between(a, b) + between(b, c));
    }),
  );
});
