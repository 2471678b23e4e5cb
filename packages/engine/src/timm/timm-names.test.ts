import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { networkOf, publishedNetworks } from '@blockwise/dna';
import { describe, expect, it } from 'vitest';
import type { NamedArray } from '../artifacts/named-arrays.ts';
import { writeSafetensors } from '../artifacts/safetensors.ts';
import { networkParameters } from '../network.ts';
import { theirShape } from './layouts.ts';
import { readTimm } from './timm.ts';

const normParts = ['weight', 'bias', 'running_mean', 'running_var'];
const norm = (name: string, channels: number): [string, number[]][] =>
  normParts.map((part) => [`${name}.${part}`, [channels]]);
const squeeze = (name: string, channels: number, reduced: number): [string, number[]][] => [
  [`${name}.se.conv_reduce.weight`, [reduced, channels, 1, 1]],
  [`${name}.se.conv_reduce.bias`, [reduced]],
  [`${name}.se.conv_expand.weight`, [channels, reduced, 1, 1]],
  [`${name}.se.conv_expand.bias`, [channels]],
];

interface KnownNetwork {
  readonly params: number;
  /** Of the state dictionary, counters of batches included. */
  readonly stateEntries: number;
  readonly arrays: [string, number[]][];
}

/** Parts of timm's state dictionaries, written out by hand. */
const known: Record<string, KnownNetwork> = {
  efficientnet_b0: {
    params: 5_288_548,
    stateEntries: 360,
    arrays: [
      ['conv_stem.weight', [32, 3, 3, 3]],
      ...norm('bn1', 32),
      ['blocks.0.0.conv_dw.weight', [32, 1, 3, 3]],
      ...squeeze('blocks.0.0', 32, 8),
      ['blocks.0.0.conv_pw.weight', [16, 32, 1, 1]],
      ['blocks.1.0.conv_pw.weight', [96, 16, 1, 1]],
      ['blocks.2.1.conv_dw.weight', [240, 1, 5, 5]],
      ...squeeze('blocks.2.1', 240, 10),
      ['blocks.5.3.conv_pwl.weight', [192, 1152, 1, 1]],
      ...norm('blocks.6.0.bn3', 320),
      ['conv_head.weight', [1280, 320, 1, 1]],
      ...norm('bn2', 1280),
      ['classifier.weight', [1000, 1280]],
      ['classifier.bias', [1000]],
    ],
  },
  mobilenetv3_large_100: {
    params: 5_483_032,
    stateEntries: 312,
    arrays: [
      ['conv_stem.weight', [16, 3, 3, 3]],
      ...norm('bn1', 16),
      ['blocks.0.0.conv_dw.weight', [16, 1, 3, 3]],
      ['blocks.0.0.conv_pw.weight', [16, 16, 1, 1]],
      ['blocks.1.1.conv_pw.weight', [72, 24, 1, 1]],
      ...squeeze('blocks.2.0', 72, 24),
      ['blocks.3.1.conv_pw.weight', [200, 80, 1, 1]],
      ['blocks.3.3.conv_dw.weight', [184, 1, 3, 3]],
      ...squeeze('blocks.4.0', 480, 120),
      ['blocks.5.2.conv_pwl.weight', [160, 960, 1, 1]],
      ['blocks.6.0.conv.weight', [960, 160, 1, 1]],
      ...norm('blocks.6.0.bn1', 960),
      ['conv_head.weight', [1280, 960, 1, 1]],
      ['conv_head.bias', [1280]],
      ['classifier.weight', [1000, 1280]],
      ['classifier.bias', [1000]],
    ],
  },
  resnet50: {
    params: 25_557_032,
    stateEntries: 320,
    arrays: [
      ['conv1.weight', [64, 3, 7, 7]],
      ...norm('bn1', 64),
      ['layer1.0.conv1.weight', [64, 64, 1, 1]],
      ['layer1.0.conv2.weight', [64, 64, 3, 3]],
      ['layer1.0.conv3.weight', [256, 64, 1, 1]],
      ['layer1.0.downsample.0.weight', [256, 64, 1, 1]],
      ...norm('layer1.0.downsample.1', 256),
      ['layer2.0.conv1.weight', [128, 256, 1, 1]],
      ['layer3.5.conv2.weight', [256, 256, 3, 3]],
      ...norm('layer4.2.bn3', 2048),
      ['layer4.0.downsample.0.weight', [2048, 1024, 1, 1]],
      ['fc.weight', [1000, 2048]],
      ['fc.bias', [1000]],
    ],
  },
};

describe.each(Object.entries(known))('%s', (name, { params, stateEntries, arrays }) => {
  const network = networkOf(name);
  const specs = networkParameters(network, 1000);

  it('has as many parameters as in timm', () => {
    const weights = specs.filter(({ kind }) => kind === 'weight');
    const sizes = weights.map(({ shape }) =>
      shape.reduce((product, extent) => product * extent, 1),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(params);
  });

  it.each(arrays)('%s has the shape of the file', (parameter, shape) => {
    const spec = specs.find((candidate) => candidate.name === parameter);
    expect(spec === undefined ? undefined : theirShape(spec)).toEqual(shape);
  });

  it('loads from a file with these names, and says which one of them is missing', () => {
    const file = new Map<string, NamedArray>();
    for (const spec of specs) {
      const length = spec.shape.reduce((product, extent) => product * extent, 1);
      file.set(spec.name, { shape: theirShape(spec), data: new Float32Array(length) });
      if (!spec.name.endsWith('running_var')) continue;
      const counter = spec.name.replace('running_var', 'num_batches_tracked');
      file.set(counter, { shape: [], data: Float32Array.of(1) });
    }
    // As many as timm's state dictionary has.
    expect(file.size).toBe(stateEntries);
    const loaded = readTimm(writeSafetensors(file), network, 1000);
    expect([...loaded].map(([key, { shape }]) => [key, shape])).toEqual(
      specs.map((spec) => [spec.name, spec.shape]),
    );
    const last = arrays.at(-1)?.[0] ?? '';
    file.delete(last);
    expect(() => readTimm(writeSafetensors(file), network, 1000)).toThrow(`1 missing (${last})`);
  });
});

interface Digest {
  readonly params: number;
  readonly entries: number;
  readonly sha256: string;
}

/** Of timm's state dictionaries without counters; see fixtures/README.md. */
const digests = JSON.parse(
  readFileSync(new URL('../../fixtures/timm-names.fixture.json', import.meta.url), 'utf8'),
) as Record<string, Digest>;

describe('all published networks', () => {
  it('are those that timm has under these names', () => {
    expect(Object.keys(digests).sort()).toEqual(Object.keys(publishedNetworks).sort());
  });

  it.each(Object.entries(digests))("%s: timm's names and shapes", (name, expected) => {
    const specs = networkParameters(networkOf(name), 1000);
    const lines = specs.map((spec) => `${spec.name} ${theirShape(spec)}\n`).sort();
    const weights = specs.filter(({ kind }) => kind === 'weight');
    const sizes = weights.map(({ shape }) =>
      shape.reduce((product, extent) => product * extent, 1),
    );
    expect({
      params: sizes.reduce((sum, size) => sum + size, 0),
      entries: lines.length,
      sha256: createHash('sha256').update(lines.join('')).digest('hex'),
    }).toEqual(expected);
  });
});
