import {
  assemble,
  type CellChoice,
  networkCost,
  parseSpace,
  pathCount,
  pathFromIndex,
} from '@blockwise/dna';
import { expect, test } from 'vitest';
import { costRanges } from './cost-ranges.ts';

test('ranges equal the extremes over all networks, widths between blocks included', () => {
  const space = parseSpace(`
    stem cn_k3_s2_c8
    ops ir_k3_e3 ir_k5_e6_se0.25
    block n1_c8_s1 n2_c12_s1 n1_c24_s1
    block n2_c16_s2 n1_c10_s2
    head hd_c32
  `);
  const task = { inputSize: 16, classes: 3 };
  const choices = space.blocks.map(({ cells }, block) =>
    cells.flatMap((_, cell) =>
      Array.from(
        { length: pathCount(space, block, cell) },
        (_, index): CellChoice => ({ cell, path: pathFromIndex(space, block, cell, index) }),
      ),
    ),
  );
  const [first = [], second = []] = choices;
  const costs = first.flatMap((a) => second.map((b) => networkCost(assemble(space, [a, b]), task)));
  expect(costs).toHaveLength(8 * 6);
  const ranges = costRanges(space, task);
  for (const axis of ['params', 'macs', 'flopsTool', 'activationBytes'] as const) {
    const values = costs.map((cost) => cost[axis]);
    expect(ranges[axis]).toEqual({ min: Math.min(...values), max: Math.max(...values) });
  }
});
