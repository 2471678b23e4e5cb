import { createRandom, parseSpace } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { NamedArrays } from '../artifacts/named-arrays.ts';
import { openEngine } from '../backends/open.ts';
import type { BatchNorm } from '../layers/batch-norm.ts';
import type { Affine } from '../layers/forward-mode.ts';
import { CellSupernet } from '../supernet.ts';
import { relativeError } from '../tolerance.ts';
import { bestPrefix, drawPrefix, type Pool } from './prefix-pool.ts';
import { asPrefix } from './prefix-supernets.ts';
import { StudentPrefix } from './student-prefix.ts';

beforeAll(async () => {
  await openEngine('wasm');
});

const space = parseSpace(
  'stem cn_k3_s1_c4; ops ir_k3_e2_se0.25 ir_k5_e2; block n1_c4_s2 n2_c3_s2; block n1_c5_s1; block n1_c4_s2; head hd_c8',
);
const shapes = [
  { channels: 3, size: 8 },
  { channels: 5, size: 4 },
  { channels: 6, size: 4 },
] as const;
const pools: readonly Pool[] = [
  [
    { cell: 1, path: [0, 1] },
    { cell: 0, path: [1] },
  ],
  [
    { cell: 0, path: [1] },
    { cell: 0, path: [0] },
  ],
];
const open: { dispose(): void }[] = [];

afterEach(() => {
  for (const one of open.splice(0)) one.dispose();
});

function values(name: string, length: number): Float32Array {
  const random = createRandom('student-prefix', name);
  return Float32Array.from({ length }, () => random.normal());
}

const calibration = { x: values('clean', 6 * 192), count: 6 };

/** Trained supernets, as the cells' own trainings leave them. */
function supernetOf(block: number, cell: number) {
  const [teacherIn, teacherOut] = [shapes[block], shapes[block + 1]];
  if (teacherIn === undefined || teacherOut === undefined) throw new Error('a shape is missing');
  const supernet = new CellSupernet({ space, block, cell, teacherIn, teacherOut, seed: 9 });
  open.push(supernet);
  return supernet;
}

async function trained() {
  const supernets = new Map<string, CellSupernet>();
  const weights = new Map<string, { shape: readonly number[]; data: Float32Array }>();
  for (const [block, cell] of [
    [0, 0],
    [0, 1],
    [1, 0],
  ] as const) {
    const supernet = supernetOf(block, cell);
    supernets.set(`${block}.${cell}`, supernet);
    for (const [name, array] of asPrefix(supernet, await supernet.store.read())) {
      weights.set(name, array);
    }
  }
  return { supernets, weights };
}

function prefixOf(weights: NamedArrays) {
  const prefix = StudentPrefix.fromWeights({ space, shapes, pools }, weights, calibration);
  open.push(prefix);
  return prefix;
}

describe('StudentPrefix (s2)', () => {
  it('runs the frozen blocks with statistics of the calibration images', async () => {
    const { supernets, weights } = await trained();
    const prefix = prefixOf(weights);
    const images = values('images', 4 * 192);
    const choice = [
      { cell: 0, path: [1] },
      { cell: 0, path: [0] },
    ];
    const actual = await prefix.features(images, 4, choice);
    let [clean, features] = [
      tf.tensor4d(calibration.x, [6, 8, 8, 3]),
      tf.tensor4d(images, [4, 8, 8, 3]),
    ];
    choice.forEach(({ cell, path }, block) => {
      const affine = new Map<BatchNorm, Affine>();
      const supernet = supernets.get(`${block}.${cell}`) as CellSupernet;
      clean = supernet.forward(clean, path, { kind: 'calibrate', affine });
      features = supernet.forward(features, path, { kind: 'given', affine });
    });
    expect(features.shape).toEqual([4, 4, 4, 6]);
    expect(actual).toEqual(features.dataSync());
    // One image's features do not depend on which images it comes with.
    const alone = await prefix.features(images.slice(192, 384), 1, choice);
    expect(relativeError(actual.slice(96, 192), alone)).toBeLessThan(1e-5);
  });

  it('takes the best paths unless told, and others make other features', async () => {
    const prefix = prefixOf((await trained()).weights);
    const images = values('images', 2 * 192);
    const best = await prefix.features(images, 2);
    expect(await prefix.features(images, 2, bestPrefix(pools))).toEqual(best);
    const others = new Set<string>();
    for (let step = 0; step < 30; step++) {
      const choice = prefix.choiceOf(1, step);
      expect(choice).toEqual(drawPrefix(pools, 1, step));
      others.add((await prefix.features(images, 2, choice)).join());
    }
    expect(others.size).toBe(4);
    expect(others).toContain(best.join());
  });

  it('changes nothing and gives all memory back', async () => {
    const { weights } = await trained();
    const { numTensors } = tf.memory();
    const prefix = StudentPrefix.fromWeights({ space, shapes, pools }, weights, calibration);
    const images = values('images', 192);
    const first = await prefix.features(images, 1);
    const held = tf.memory().numTensors;
    expect(await prefix.features(images, 1)).toEqual(first);
    expect(tf.memory().numTensors).toBe(held);
    prefix.dispose();
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it('refuses weights that lack a block, by name, and keeps nothing', async () => {
    const { weights } = await trained();
    weights.delete('prefix.1.0.layers.0.1.conv_pwl.weight');
    const { numTensors } = tf.memory();
    expect(() => StudentPrefix.fromWeights({ space, shapes, pools }, weights, calibration)).toThrow(
      expect.objectContaining({
        code: 'BAD_INPUT',
        message: expect.stringContaining('layers.0.1.conv_pwl.weight is missing'),
      }),
    );
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it('hands images through where no block is before', async () => {
    const place = { space, shapes: shapes.slice(0, 2), pools: [] };
    const prefix = StudentPrefix.fromWeights(place, new Map(), calibration);
    const images = values('images', 2 * 192);
    expect(await prefix.features(images, 2)).toEqual(images);
  });
});

describe('drawPrefix', () => {
  it('draws every path of every pool about as often, each step by its own number', () => {
    const counts = new Map<string, number>();
    for (let step = 0; step < 4000; step++) {
      const key = JSON.stringify(drawPrefix(pools, 3, step));
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(counts.size).toBe(4);
    // 1000 each; five standard deviations are 137.
    for (const seen of counts.values()) expect(Math.abs(seen - 1000)).toBeLessThan(137);
    expect(drawPrefix(pools, 3, 7)).toEqual(drawPrefix(pools, 3, 7));
    expect(() => drawPrefix([[]], 3, 7)).toThrow('pool of block 1 is empty');
  });
});
