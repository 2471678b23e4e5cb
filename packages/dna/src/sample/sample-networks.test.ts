import { describe, expect, it } from 'vitest';
import { assemble } from '../assemble.ts';
import { networkCost, type Task } from '../network-cost.ts';
import { printNetwork } from '../network-grammar.ts';
import { pathCount } from '../paths.ts';
import { dnaMulti, spaceOf } from '../presets.ts';
import { createRandom } from '../random.ts';
import { parseSpace } from '../space-grammar.ts';
import type { CellChoice, SearchSpace } from '../types.ts';
import { allWithSum, choicesOf, drawWithSum, type Walk, waysBetween } from './draw.ts';
import { macsGraph } from './macs-graph.ts';
import { sampleNetworks } from './sample-networks.ts';

const imageNet = { inputSize: 224, classes: 1000 };
const small: Task = { inputSize: 20, classes: 7 };

/** 960 networks whose blocks are coupled by several widths, and one block with own operations. */
const coupled = parseSpace(`
  stem cn_k3_s2_c9
  ops ir_k3_e2 ir_k5_e4_se0.25
  block n1_c4_s2 n2_c7_s2 n1_c12_s2
  block n2_c8_s1 n1_c5_s1 with ir_k3_e2 er_k3_e3 bt_k3_e0.5
  block n1_c6_s2 n3_c6_s2
  head hd_c11
`);

/** Every network by its text, with its macs. */
function listed(space: SearchSpace, task: Task): Map<string, number> {
  const walks = space.blocks.reduce<Walk[]>(
    (before, { cells }, block) =>
      before.flatMap((walk) =>
        cells.flatMap((_, cell) =>
          Array.from({ length: pathCount(space, block, cell) }, (__, path) => [
            ...walk,
            { cell, path },
          ]),
        ),
      ),
    [[]],
  );
  return new Map(
    walks.map((walk) => {
      const network = assemble(space, choicesOf(space, walk));
      return [printNetwork(network), networkCost(network, task).macs];
    }),
  );
}

const archOf = (space: SearchSpace, choices: readonly CellChoice[]) =>
  printNetwork(assemble(space, choices));

describe('the graph of macs', () => {
  const all = listed(coupled, small);
  const graph = macsGraph(coupled, small);
  const sums = (graph.counts[0]?.[0] ?? new Float64Array()).entries();

  it('knows the range and holds every network once, within its looseness', () => {
    expect(all.size).toBe((2 + 4 + 2) * (9 + 3) * (2 + 8));
    expect([graph.low, graph.high]).toEqual([Math.min(...all.values()), Math.max(...all.values())]);
    const seen = new Set<string>();
    for (const [sum, ways] of sums) {
      const walks = [...allWithSum(graph, sum)];
      expect(walks).toHaveLength(ways);
      for (const walk of walks) {
        const arch = archOf(coupled, choicesOf(coupled, walk));
        const over = (all.get(arch) ?? Number.NaN) - graph.floor - sum * graph.unit;
        expect(over).toBeGreaterThanOrEqual(0);
        expect(over).toBeLessThan(graph.looseness);
        seen.add(arch);
      }
    }
    expect(seen).toEqual(new Set(all.keys()));
  });

  it('draws uniformly among the networks of a sum', () => {
    const ways = waysBetween(graph, 0, 10_000);
    const sum = ways.indexOf(ways.reduce((a, b) => Math.max(a, b)));
    const networks = ways[sum] ?? 0;
    expect(networks).toBeGreaterThan(3);
    const random = createRandom('draws');
    const counts = new Map<string, number>();
    for (let i = 0; i < 1000 * networks; i++) {
      const arch = JSON.stringify(drawWithSum(graph, sum, random));
      counts.set(arch, (counts.get(arch) ?? 0) + 1);
    }
    expect(counts.size).toBe(networks);
    // Six standard deviations of a count of mean 1000.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(190);
  });
});

describe('networks drawn over macs', () => {
  it('hit every slice of the multi-cell space once, each a different one', () => {
    const count = 60;
    const sample = sampleNetworks(dnaMulti, imageNet, count, createRandom('audit', 1));
    const { low, high } = macsGraph(dnaMulti, imageNet);
    const slices = sample.map(({ cost }) =>
      Math.min(count - 1, Math.floor(((cost.macs - low) / (high - low)) * count)),
    );
    expect(slices).toEqual(Array.from({ length: count }, (_, i) => i));
    expect(new Set(sample.map(({ arch }) => arch)).size).toBe(count);
    for (const { choices, cost, arch } of sample) {
      expect(archOf(dnaMulti, choices)).toBe(arch);
      expect(networkCost(assemble(dnaMulti, choices), imageNet)).toMatchObject(cost);
    }
  });

  it('are the same for the same seed, and others for another', () => {
    const archs = (seed: number) =>
      sampleNetworks(dnaMulti, imageNet, 8, createRandom('audit', seed)).map(({ arch }) => arch);
    expect(archs(1)).toEqual(archs(1));
    expect(archs(1).filter((arch) => archs(2).includes(arch))).toEqual([]);
  });

  it('keep to bounds, however tight', () => {
    const macs = { min: 385_000_000, max: 386_000_000 };
    const sample = sampleNetworks(dnaMulti, imageNet, 10, createRandom('tight'), { macs });
    const found = sample.map(({ cost }) => cost.macs);
    expect(found).toHaveLength(10);
    for (const [i, value] of found.entries()) {
      expect(value).toBeGreaterThanOrEqual(macs.min + i * 100_000);
      expect(value).toBeLessThan(macs.min + (i + 1) * 100_000);
    }
  });

  it('take other slices for the empty ones, down to the last network of a space', () => {
    const all = listed(coupled, small);
    const bounds = { min: [...all.values()].sort((a, b) => a - b)[700] ?? 0 };
    const inside = [...all].filter(([, macs]) => macs >= bounds.min).map(([arch]) => arch);
    const draw = (count: number) =>
      sampleNetworks(coupled, small, count, createRandom(count), { macs: bounds });
    const every = draw(inside.length).map(({ arch }) => arch);
    expect(every.toSorted()).toEqual(inside.toSorted());
    expect(() => draw(inside.length + 1)).toThrow(
      expect.objectContaining({
        code: 'INFEASIBLE',
        path: ['macs'],
        message: expect.stringContaining(`has ${inside.length} networks with`),
      }),
    );
  });

  it('spread over the macs of a slice, not only over its most crowded part', () => {
    const space = spaceOf('small-32');
    const task = { inputSize: 32, classes: 10 };
    const { low, high } = macsGraph(space, task);
    const random = createRandom('parts');
    const parts = new Array<number>(8).fill(0);
    for (let draw = 0; draw < 160; draw++) {
      const [network] = sampleNetworks(space, task, 1, random);
      const part = Math.floor((((network?.cost.macs ?? low) - low) / (high + 1 - low)) * 8);
      parts[part] = (parts[part] ?? 0) + 1;
    }
    // Five standard deviations of 160 draws with probability 1/8.
    for (const count of parts) expect(Math.abs(count - 20)).toBeLessThan(21);
    expect(Math.min(...parts)).toBeGreaterThan(0);
  });

  it('do not exist outside the range of the space, nor in wrong numbers', () => {
    const draw = (count: number, max: number) => () =>
      sampleNetworks(dnaMulti, imageNet, count, createRandom(1), { macs: { max } });
    expect(draw(1, 1e8)).toThrow(
      expect.objectContaining({
        code: 'INFEASIBLE',
        message: expect.stringMatching(
          /has 0 networks with 193,090,192 to 100,000,000 macs, but 1 .* 193,090,192 to 620,836,000/,
        ),
      }),
    );
    expect(draw(0, 1e9)).toThrow(expect.objectContaining({ code: 'BAD_INPUT', path: ['count'] }));
    expect(draw(1.5, 1e9)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
  });
});
