import { describe, expect, it } from 'vitest';
import { assemble } from './assemble.ts';
import { boundaryShapes } from './boundaries.ts';
import { cellCostColumns } from './cell-costs.ts';
import { latencyItems, latencyKey, networkLatency } from './latency.ts';
import { parseLayer } from './layer-grammar.ts';
import { networkCost } from './network-cost.ts';
import { pathToIndex } from './paths.ts';
import { dnaMulti, spaceOf } from './presets.ts';
import { createRandom, samplePath } from './random.ts';
import type { LatencyTable, SearchSpace } from './types.ts';

const imageNet = { inputSize: 224, classes: 1000 };

/** A table with whole numbers, so that sums are exact. */
function tableOf(space: SearchSpace, task = imageNet): LatencyTable {
  const items = latencyItems(space, task);
  const milliseconds = Object.fromEntries(items.map(({ key }, i) => [key, 1000 + i * i]));
  return { engine: 'wasm', device: 'a test', batch: 1, milliseconds };
}

const draw = (space: SearchSpace, random: ReturnType<typeof createRandom>) =>
  space.blocks.map(({ cells }, block) => {
    const cell = random.int(cells.length);
    return { cell, path: samplePath(space, block, cell, random) };
  });

describe('latency', () => {
  it('is named by layer and input', () => {
    expect(latencyKey(parseLayer('ir_k3_e6_c24'), 16, 112)).toBe('ir_k3_s1_e6_c24@16x112');
    const head = { name: 'fc', channels: 10, activation: 'swish' } as const;
    expect(latencyKey(head, 1280, 1)).toBe('fc_c10@1280x1');
    expect(latencyKey({ ...head, name: 'conv', activation: 'relu' }, 320, 7)).toBe(
      'conv_c10_nre@320x7',
    );
  });

  it('needs every measurement of the multi-cell space once, and no other', () => {
    const items = latencyItems(dnaMulti, imageNet);
    // Stem 2, head 3; of each block the entering (width, size) × cells × 6 operations, one for
    // different cells with the same width and stride, and the inner widths × 6.
    const entering = [1 * 2, 2 * 1, 1 * 1, 1 * 2, 2 * 2, 2 * 1];
    const inner = [2, 1, 1, 2, 2, 0];
    const layers = entering.reduce((sum, n, b) => sum + 6 * (n + (inner[b] ?? 0)), 0);
    expect(items).toHaveLength(2 + layers + 3);
    expect(new Set(items.map(({ key }) => key)).size).toBe(items.length);
    const used = new Set<string>();
    const random = createRandom('latency items');
    const table = tableOf(dnaMulti);
    const spied: LatencyTable = {
      ...table,
      milliseconds: new Proxy(table.milliseconds, {
        get: (milliseconds, key) => {
          used.add(String(key));
          return Reflect.get(milliseconds, key);
        },
      }),
    };
    for (let round = 0; round < 1500; round++) {
      networkLatency(assemble(dnaMulti, draw(dnaMulti, random)), imageNet, spied);
    }
    expect(used).toEqual(new Set(items.map(({ key }) => key)));
  });

  it('adds up along the columns of cells to that of the network', () => {
    const space = spaceOf('small-multi-32');
    const task = { inputSize: 32, classes: 10 };
    const table = tableOf(space, task);
    const random = createRandom('latency columns');
    for (let round = 0; round < 20; round++) {
      const choices = draw(space, random);
      const network = assemble(space, choices);
      const { layers } = networkCost(network, task);
      const fixed = layers
        .filter(({ part }) => part === 'stem' || part === 'head')
        .map(({ part, name, inChannels, inSize, outChannels }) => {
          const word = part === 'stem' || name === 'pool' ? name : `${name}_c${outChannels}`;
          return table.milliseconds[`${word}@${inChannels}x${inSize}`] ?? Number.NaN;
        });
      const blocks = choices.map(({ cell, path }, block) => {
        const { inChannels = 0, inSize = 0 } = layers.find(({ part }) => part === block) ?? {};
        const columns = cellCostColumns(space, block, cell, inChannels, inSize, table);
        return columns.latencyMs?.[pathToIndex(space, block, cell, path)] ?? Number.NaN;
      });
      const sum = [...fixed, ...blocks].reduce((a, b) => a + b);
      expect(networkLatency(network, task, table)).toBe(sum);
    }
  });

  it('is not ready where the table lacks a layer', () => {
    const space = spaceOf('small-32');
    const task = { inputSize: 32, classes: 10 };
    const table = tableOf(space, task);
    const key = 'ir_k5_s1_e3_c40_se0.25@40x8';
    expect(table.milliseconds[key]).toBeGreaterThan(0);
    const { [key]: _, ...milliseconds } = table.milliseconds;
    const lacking = { ...table, milliseconds };
    const notReady = expect.objectContaining({
      code: 'NOT_READY',
      message: `The latency of ${key} has not been measured on a test with wasm.`,
    });
    expect(() => cellCostColumns(space, 1, 0, 24, 8, lacking)).toThrow(notReady);
    const path = (layers: number) => Array.from({ length: layers }, () => 4);
    const choices = [2, 3, 3].map((layers) => ({ cell: 0, path: path(layers) }));
    expect(() => networkLatency(assemble(space, choices), task, lacking)).toThrow(notReady);
  });
});

describe('shapes at the boundaries', () => {
  it('are those that any network can have', () => {
    const widths = boundaryShapes(dnaMulti, imageNet).map((shapes) =>
      shapes.map(({ channels, size }) => `${channels}x${size}`),
    );
    expect(widths).toEqual([
      ['16x112'],
      ['24x56', '32x56'],
      ['40x28'],
      ['80x14'],
      ['112x14', '96x14'],
      ['192x7', '160x7'],
      ['320x7'],
    ]);
  });
});
