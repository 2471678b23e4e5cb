import { expect, test } from 'vitest';
import { cellLayers } from './assemble.ts';
import { layerCost } from './layer-cost.ts';
import { networkCuts } from './network-cost.ts';
import { parseNetwork } from './network-grammar.ts';
import { pathCount, pathFromIndex } from './paths.ts';
import { parseSpace } from './space-grammar.ts';
import { supernetMacs } from './supernet-macs.ts';
import type { Layer } from './types.ts';

const space = parseSpace(`
  stem cn_k3_s2_c8
  ops ir_k3_e3 ir_k5_e6_se0.25 ir_k7_e3
  block n1_c8_s1 n2_c12_s1
  block n3_c16_s2
  head hd_c32
`);
const inputSize = 16;
const cuts = networkCuts(
  parseNetwork('cn_k3_s2_c8 | ir_k3_s1_e3_c12 | ir_k3_s2_e3_c20 | hd_c32'),
  inputSize,
);

/** What runs, layer by layer, of one path: the stem first where the block has it. */
function pathMacs(block: number, cell: number, index: number): number[] {
  const { channels } = cuts[block + 1] ?? { channels: 0 };
  const layers: Layer[] = [
    ...(block === 0 ? space.stem : []),
    ...cellLayers(space, block, cell, pathFromIndex(space, block, cell, index), channels),
  ];
  let { channels: width, size } =
    block === 0 ? { channels: 3, size: inputSize } : (cuts[block] ?? { channels: 0, size: 0 });
  return layers.map((layer) => {
    const cost = layerCost(layer, width, size);
    [width, size] = [cost.outChannels, cost.outSize];
    return cost.macs;
  });
}

test.each([
  [0, 0],
  [0, 1],
  [1, 0],
])('block %i, cell %i: the mean of all paths, and each beginning of a path once', (block, cell) => {
  const indices = Array.from({ length: pathCount(space, block, cell) }, (_, index) => index);
  const paths = indices.map((index) => pathMacs(block, cell, index));
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const beginnings = new Map<string, number>();
  for (const [index, macs] of paths.entries()) {
    const ops = pathFromIndex(space, block, cell, index);
    const stem = macs.slice(0, macs.length - ops.length);
    beginnings.set('', sum(stem));
    for (const depth of ops.keys()) {
      beginnings.set(ops.slice(0, depth + 1).join(), macs[stem.length + depth] ?? Number.NaN);
    }
  }
  const counted = supernetMacs(space, block, cell, cuts, inputSize);
  expect(counted.path).toBeCloseTo(sum(paths.map(sum)) / paths.length, 6);
  expect(counted.tree).toBe(sum([...beginnings.values()]));
});
