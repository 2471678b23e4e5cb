import { DomainError, presets } from '@blockwise/contracts';
import { describe, expect, it } from 'vitest';
import { assemble, cellLayers } from './assemble.ts';
import { printLayer, printOp } from './layer-grammar.ts';
import { printNetwork } from './network-grammar.ts';
import { opsOf, pathCount, pathFromIndex, pathToIndex, printPath, spaceSize } from './paths.ts';
import { dnaMulti, dnaRank4, dnaSingle, paperOps, spaceOf, spacePresets } from './presets.ts';
import { publishedNetworks } from './published-networks.ts';
import { printSpace } from './space-grammar.ts';

const { efficientnet_b0: efficientNetB0 } = publishedNetworks;

describe('sizes', () => {
  it('are those of the paper', () => {
    expect(spaceSize(dnaMulti)).toBe(195_898_498_887_057_408n);
    const perBlock = dnaMulti.blocks.map(({ cells }, block) =>
      cells.reduce((sum, _, cell) => sum + pathCount(dnaMulti, block, cell), 0),
    );
    expect(perBlock).toEqual([288, 1548, 1548, 2808, 16848, 6]);
    expect(dnaSingle.blocks.map((_, b) => pathCount(dnaSingle, b, 0))).toEqual([
      36, 1296, 1296, 1296, 1296, 6,
    ]);
    expect(spaceSize(dnaRank4)).toBe(16n * 256n ** 4n);
    expect(
      paperOps.map((op) => [op.kernel, op.expansion, op.kind === 'ir' && op.squeeze.ratio]),
    ).toEqual([
      [3, 6, 0.25],
      [5, 6, 0.25],
      [7, 6, 0.25],
      [3, 3, 0.25],
      [5, 3, 0.25],
      [7, 3, 0.25],
    ]);
  });
});

describe('presets', () => {
  it('are found by name, a text in the grammar is read', () => {
    for (const [name, space] of Object.entries(spacePresets)) {
      expect(spaceOf(` ${name}\n`)).toEqual(space);
      expect(spaceOf(printSpace(space))).toEqual(space);
    }
    expect(() => spaceOf('dna-many')).toThrow(
      expect.objectContaining({
        code: 'SPACE_SYNTAX',
        message: expect.stringMatching(/no search space "dna-many".*dna-multi.*small-64/),
      }),
    );
    spaceOf('dna-single').blocks.pop();
    expect(spaceOf('dna-single').blocks).toHaveLength(6);
  });
  it('fix the last block of the ranking space by operations of its own', () => {
    expect(opsOf(dnaRank4, 5).map(printOp)).toEqual(['ir_k3_e6_se0.25']);
    expect(opsOf(dnaRank4, 4)).toHaveLength(4);
    expect(pathFromIndex(dnaRank4, 5, 0, 0)).toEqual([0]);
    expect(() => pathFromIndex(dnaRank4, 5, 0, 1)).toThrow('0 to 0');
    expect(() => opsOf(dnaRank4, 6)).toThrow('no block 6');
  });
  it('hold the space of the CIFAR-10 preset', () => {
    expect(spaceOf(presets.cifar10('/data').space)).toEqual(spacePresets['small-multi-32']);
  });
});

describe('paths', () => {
  it('count like numbers, the last layer fastest', () => {
    const all = Array.from({ length: 36 }, (_, i) => pathFromIndex(dnaSingle, 0, 0, i));
    expect(all.slice(0, 8).map(printPath)).toEqual([
      '00',
      '01',
      '02',
      '03',
      '04',
      '05',
      '10',
      '11',
    ]);
    expect(all.map((path) => pathToIndex(dnaSingle, 0, 0, path))).toEqual([...all.keys()]);
    expect(() => pathFromIndex(dnaSingle, 0, 0, 36)).toThrow('0 to 35');
    expect(() => pathToIndex(dnaSingle, 0, 0, [0])).toThrow('2 layers');
    expect(() => pathToIndex(dnaSingle, 0, 0, [0, 6])).toThrow('operation 6');
  });
  it('are written with base-36 digits', () => {
    expect(printPath([0, 10, 35])).toBe('0az');
  });
});

describe('assembling', () => {
  const ops = (...indices: number[]) => ({ cell: 0, path: indices });
  it("builds EfficientNet-B0 at the teacher's depth out of its operations", () => {
    const depths = [2, 2, 3, 3, 4, 1];
    const space = {
      ...dnaSingle,
      blocks: dnaSingle.blocks.map(({ ops: blockOps, cells }, b) => ({
        ops: blockOps,
        cells: cells.map((cell) => ({ ...cell, layers: depths[b] ?? 0 })),
      })),
    };
    const network = assemble(space, [
      ops(0, 0),
      ops(1, 1),
      ops(0, 0, 0),
      ops(1, 1, 1),
      ops(1, 1, 1, 1),
      ops(0),
    ]);
    expect(network).toEqual(efficientNetB0);
    expect(printNetwork(network)).toBe(printNetwork(efficientNetB0));
  });
  it('refuses choices that the space does not have, with their path', () => {
    const choices = [...Array(6)].map((_, b) => ({
      cell: 0,
      path: pathFromIndex(dnaMulti, b, 0, 0),
    }));
    const refusal = (at: number, choice: { cell: number; path: number[] }) =>
      expect(() => assemble(dnaMulti, choices.with(at, choice)));
    refusal(1, { cell: 3, path: [0, 0] }).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT', path: ['choices', 1] }),
    );
    refusal(2, { cell: 0, path: [0] }).toThrow(/Block 3: a path of 1 operations .* 2 layers/);
    expect(() => assemble(dnaMulti, choices.slice(1))).toThrow(DomainError);
  });
  it("stands in the supernet with the teacher's width at its end only", () => {
    const layers = cellLayers(dnaSingle, 1, 0, [0, 1, 2, 3], 80);
    expect(layers.map(printLayer)).toEqual([
      'ir_k3_s2_e6_c40_se0.25',
      'ir_k5_s1_e6_c40_se0.25',
      'ir_k7_s1_e6_c40_se0.25',
      'ir_k3_s1_e3_c80_se0.25',
    ]);
    expect(cellLayers(dnaSingle, 5, 0, [4], 640).map(printLayer)).toEqual([
      'ir_k5_s1_e3_c640_se0.25',
    ]);
  });
});
