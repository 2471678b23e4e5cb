import { expect, it } from 'vitest';
import { parseSpace } from '../space-grammar.ts';
import type { CellChoice } from '../types.ts';
import { opFrequencies } from './op-frequency.ts';

const space = parseSpace(
  'stem cn_k3_s2_c8; ops ir_k3_e3 ir_k5_e6; block n1_c8_s1 n2_c8_s1; block n1_c16_s2; head hd_c32',
);

/** Every network of the space. */
const every: CellChoice[][] = [[0], [1], [0, 0], [0, 1], [1, 0], [1, 1]].flatMap((path) =>
  [[0], [1]].map((second) => [
    { cell: path.length - 1, path },
    { cell: 0, path: second },
  ]),
);

it('counts by hand', () => {
  const networks: CellChoice[][] = [
    [
      { cell: 0, path: [1] },
      { cell: 0, path: [0] },
    ],
    [
      { cell: 1, path: [0, 1] },
      { cell: 0, path: [0] },
    ],
    [
      { cell: 1, path: [0, 0] },
      { cell: 0, path: [1] },
    ],
    [
      { cell: 1, path: [1, 0] },
      { cell: 0, path: [0] },
    ],
  ];
  expect(opFrequencies(space, networks)).toEqual([
    { block: 0, cell: 0, layer: 0, shares: [0, 0.25] },
    { block: 0, cell: 1, layer: 0, shares: [0.5, 0.25] },
    { block: 0, cell: 1, layer: 1, shares: [0.5, 0.25] },
    { block: 1, cell: 0, layer: 0, shares: [0.75, 0.25] },
  ]);
});

it('of all networks of a space every operation of a cell is as frequent', () => {
  const [first, ...deeper] = opFrequencies(space, every);
  expect(first?.shares).toEqual([1 / 6, 1 / 6]);
  expect(deeper.map(({ shares }) => shares)).toEqual([
    [1 / 3, 1 / 3],
    [1 / 3, 1 / 3],
    [1 / 2, 1 / 2],
  ]);
});

it('of no network all are 0', () => {
  expect(opFrequencies(space, []).every(({ shares }) => shares.every((n) => n === 0))).toBe(true);
});
