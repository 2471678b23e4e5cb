import { describe, expect, it } from 'vitest';
import { assemble, layerOf } from './assemble.ts';
import { cellCosts } from './cell-costs.ts';
import dnaTexts from './dna-networks.fixture.json' with { type: 'json' };
import { dnaNetworks } from './dna-networks.ts';
import { layerCost } from './layer-cost.ts';
import table from './layer-costs.fixture.json' with { type: 'json' };
import { parseLayer } from './layer-grammar.ts';
import { networkCost, networkCuts } from './network-cost.ts';
import { parseNetwork } from './network-grammar.ts';
import { pathFromIndex } from './paths.ts';
import { dnaMulti, dnaSingle } from './presets.ts';
import { publishedNetworks } from './published-networks.ts';
import { createRandom, samplePath } from './random.ts';
import type { Cost } from './types.ts';
import { squeezeWidth } from './widths.ts';

const { efficientnet_b0: efficientNetB0, efficientnet_b7: efficientNetB7 } = publishedNetworks;
const task = { inputSize: 224, classes: 1000 };
const triple = ({ params, macs, flopsTool }: Cost) => [params, macs, flopsTool];
const names = ['a', 'b', 'c', 'd'] as const;
const published = (name: (typeof names)[number]) =>
  networkCost(assemble(dnaMulti, dnaNetworks[name]), task);

describe('the published table of layer costs', () => {
  it.each(table.rows)('$inChannels → $outChannels s$stride @$inSize', (row) => {
    const costs = row.ops.map((_, op) => {
      const layer = layerOf(dnaSingle, 0, op, row.stride === 2 ? 2 : 1, row.outChannels);
      return triple(layerCost(layer, row.inChannels, row.inSize));
    });
    expect(costs).toEqual(row.ops);
  });
  it.each(table.fixed)('$layer', ({ layer, inChannels, inSize, cost }) => {
    expect(triple(layerCost(parseLayer(layer), inChannels, inSize))).toEqual(cost);
  });
  it('has the three parts of the head', () => {
    const rows = published('a').layers.filter((row) => row.part === 'head');
    expect(Object.fromEntries(rows.map((row) => [row.name, triple(row)]))).toEqual(table.head);
  });
});

describe('whole networks', () => {
  it.each(names)('has DNA-%s as a choice in the multi-cell space', (name) => {
    const network = assemble(dnaMulti, dnaNetworks[name]);
    expect(network).toEqual(parseNetwork(dnaTexts[name].join(' | ')));
  });
  it('counts DNA-a, DNA-c and EfficientNet-B0 to the last digit', () => {
    expect(triple(published('a'))).toEqual([4_243_318, 335_141_728, 348_161_054]);
    expect(triple(published('c'))).toEqual([5_273_896, 450_138_976, 465_920_048]);
    expect(triple(networkCost(efficientNetB0, task))).toEqual([
      5_288_548, 385_814_752, 399_362_204,
    ]);
  });
  it('splits the tool convention into its parts', () => {
    const parts = (cost: Cost, biasAdds: number, normalised: number) =>
      cost.macs + biasAdds + 2 * normalised + 62_720 - cost.flopsTool;
    expect(parts(published('a'), 8_062, 6_474_272)).toBe(0);
    expect(parts(published('c'), 10_128, 7_854_112)).toBe(0);
    expect(parts(networkCost(efficientNetB0, task), 9_340, 6_737_696)).toBe(0);
  });
  it('counts DNA-b and DNA-d to the published rounding', () => {
    const rounded = ({ params, flopsTool }: Cost) => [
      (params / 1e6).toFixed(1),
      (flopsTool / 1e6).toFixed(0),
    ];
    expect(rounded(published('b'))).toEqual(['4.9', '406']);
    expect(rounded(published('d'))).toEqual(['6.4', '611']);
  });
  it('trap 11 of the released code, FLOPs that do not fit DNA-b: counted, not the told 394M', () => {
    const { macs, flopsTool } = published('b');
    const millions = (count: number) => (count / 1e6).toFixed(1);
    expect([millions(macs), millions(flopsTool)]).toEqual(['392.5', '405.8']);
  });
  it('counts EfficientNet-B7 and its blocks', () => {
    const cost = networkCost(efficientNetB7, task);
    expect(cost.params).toBe(66_347_960);
    const millions = (macs: number) => (macs / 1e6).toFixed(1);
    expect(millions(cost.macs)).toBe('5169.9');
    expect(millions(networkCost(efficientNetB7, { ...task, inputSize: 600 }).macs)).toBe('37745.9');
    const part = (wanted: string | number) =>
      cost.layers.reduce((sum, row) => sum + (row.part === wanted ? row.macs : 0), 0);
    expect([0, 1, 2, 3, 4, 5, 'stem', 'head'].map((p) => millions(part(p)))).toEqual([
      '680.4',
      '484.9',
      '603.9',
      '1199.8',
      '1165.7',
      '848.4',
      '104.0',
      '82.8',
    ]);
  });
  it("has the teacher's cut points at 224", () => {
    const cuts = networkCuts(efficientNetB7, 224).map(({ channels, size }) => [channels, size]);
    expect(cuts).toEqual([
      [32, 112],
      [48, 56],
      [80, 28],
      [160, 14],
      [224, 14],
      [384, 7],
      [640, 7],
    ]);
    expect(cuts.slice(1).map(([c = 0, s = 0]) => c * s * s)).toEqual([
      150_528, 62_720, 31_360, 43_904, 18_816, 31_360,
    ]);
  });
  it('rounds odd sizes up', () => {
    expect(layerCost(parseLayer('cn_k3_s2_c8'), 3, 33)).toMatchObject({
      outSize: 17,
      macs: 9 * 3 * 8 * 17 * 17,
    });
    expect(layerCost(parseLayer('ir_k3_s2_e2_c4'), 2, 5).macs).toBe(
      2 * 4 * 25 + 9 * 4 * 9 + 4 * 4 * 9,
    );
  });
  it('keeps at least one channel in the squeeze-and-excitation', () => {
    const widths = [3, 7, 8].map((channels) =>
      squeezeWidth({ ratio: 0.25, of: 'input' }, channels, 99),
    );
    expect(widths).toEqual([1, 1, 2]);
  });
});

describe('costs of all paths of a cell', () => {
  it('add up to the cost of the assembled network', () => {
    const random = createRandom('cell costs');
    for (let round = 0; round < 20; round++) {
      const choices = dnaMulti.blocks.map(({ cells }, block) => {
        const cell = random.int(cells.length);
        return { cell, path: samplePath(dnaMulti, block, cell, random) };
      });
      const network = assemble(dnaMulti, choices);
      const cuts = networkCuts(network, 224);
      const rows = networkCost(network, task).layers;
      for (const [block, { cell, path }] of choices.entries()) {
        const { channels = 0, size = 0 } = cuts[block] ?? {};
        const costs = cellCosts(dnaMulti, block, cell, channels, size);
        const index = costs.findIndex((_, i) =>
          pathFromIndex(dnaMulti, block, cell, i).every((op, layer) => op === path[layer]),
        );
        const layers = rows.filter((row) => row.part === block);
        expect(costs[index]).toEqual({
          params: layers.reduce((sum, row) => sum + row.params, 0),
          macs: layers.reduce((sum, row) => sum + row.macs, 0),
          flopsTool: layers.reduce((sum, row) => sum + row.flopsTool, 0),
          activationBytes: layers.reduce((sum, row) => sum + row.activationBytes, 0),
        });
      }
    }
  });
});
