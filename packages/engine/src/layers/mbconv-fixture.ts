import { readFileSync } from 'node:fs';
import type { InvertedResidualLayer } from '@blockwise/dna';
import type { NamedArray } from '../artifacts/named-arrays.ts';

/** The fixture files of fixtures/, one MBConv layer each. */
export const fixtureNames = [
  'k3e3-s2-5to5',
  'k3e6-s1-4to6',
  'k5e3-s1-6to6',
  'k5e6-s2-6to4',
  'k7e3-s1-8to8',
  'k7e6-s2-4to8',
] as const;

interface StoredArray {
  readonly shape: number[];
  readonly data: number[];
}

interface StoredFixture {
  readonly config: {
    readonly kernel: number;
    readonly expansion: number;
    readonly stride: 1 | 2;
    readonly inChannels: number;
    readonly outChannels: number;
    readonly seRatio: number;
  };
  readonly adam: { readonly learningRate: number };
  readonly params: Record<string, StoredArray>;
  readonly x: StoredArray;
  readonly target: StoredArray;
  readonly y: StoredArray;
  readonly lossMse: number;
  readonly relativeL1: number;
  readonly gradX: StoredArray;
  readonly grads: Record<string, StoredArray>;
  readonly runningStats: Record<string, StoredArray>;
  readonly paramsAfterAdamStep: Record<string, StoredArray>;
}

/** What PyTorch computed for one layer, with our parameter names below `layer.`. */
export interface MBConvFixture {
  readonly layer: InvertedResidualLayer;
  readonly inChannels: number;
  readonly learningRate: number;
  readonly params: Map<string, NamedArray>;
  readonly x: NamedArray;
  readonly target: NamedArray;
  readonly y: NamedArray;
  readonly loss: number;
  readonly relativeL1: number;
  readonly gradX: NamedArray;
  readonly grads: Map<string, NamedArray>;
  readonly statistics: Map<string, NamedArray>;
  readonly paramsAfterStep: Map<string, NamedArray>;
}

const ourNames: Record<string, string> = {
  expand: 'conv_pw',
  depthwise: 'conv_dw',
  project: 'conv_pwl',
  se_reduce: 'se.conv_reduce',
  se_expand: 'se.conv_expand',
};

export function readFixture(name: (typeof fixtureNames)[number]): MBConvFixture {
  const url = new URL(`../../fixtures/mbconv-${name}.fixture.json`, import.meta.url);
  const stored = JSON.parse(readFileSync(url, 'utf8')) as StoredFixture;
  const { kernel, stride, expansion, inChannels, outChannels, seRatio } = stored.config;
  return {
    layer: {
      ...{ kind: 'ir', kernel, stride, expansion, channels: outChannels, activation: 'swish' },
      squeeze: { ratio: seRatio, of: 'input' },
    },
    inChannels,
    learningRate: stored.adam.learningRate,
    params: named(stored.params),
    x: array(stored.x),
    target: array(stored.target),
    y: array(stored.y),
    loss: stored.lossMse,
    relativeL1: stored.relativeL1,
    gradX: array(stored.gradX),
    grads: named(stored.grads),
    statistics: named(stored.runningStats),
    paramsAfterStep: named(stored.paramsAfterAdamStep),
  };
}

function named(arrays: Record<string, StoredArray>): Map<string, NamedArray> {
  return new Map(
    Object.entries(arrays).map(([name, stored]) => {
      const [part = '', ...rest] = name.split('.');
      return [`layer.${[ourNames[part] ?? part, ...rest].join('.')}`, array(stored)];
    }),
  );
}

function array({ shape, data }: StoredArray): NamedArray {
  return { shape, data: Float32Array.from(data) };
}
