import { createRandom, parseSpace } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from './backends/open.ts';
import type { Moments } from './layers/forward-mode.ts';
import { squaredErrorMean } from './ops/squared-error-mean.ts';
import { CellSupernet } from './supernet.ts';

beforeAll(async () => {
  await openEngine('wasm');
});

const paperOps =
  'ir_k3_e6_se0.25 ir_k5_e6_se0.25 ir_k7_e6_se0.25 ir_k3_e3_se0.25 ir_k5_e3_se0.25 ir_k7_e3_se0.25';

function space(stride: 1 | 2) {
  return parseSpace(
    `stem cn_k3_s1_c4 ds_k3_s1_c4_se0.25; ops ${paperOps}; block n1_c4_s2; block n3_c6_s${stride}; head hd_c8`,
  );
}

describe.each([1, 2] as const)('every candidate op of the paper, stride %i', (stride) => {
  const size = 8;
  const teacherOut = { channels: 9, size: size / stride };

  it.each([0, 1, 2, 3, 4, 5])('op %i: shape, finite, every parameter gets a gradient', (op) => {
    const tensors = tf.memory().numTensors;
    const supernet = new CellSupernet({
      space: space(stride),
      block: 1,
      cell: 0,
      teacherIn: { channels: 5, size },
      teacherOut,
      seed: 7,
    });
    const random = createRandom(op);
    const values = (length: number) => Float32Array.from({ length }, () => random.normal());
    const x = tf.tensor4d(values(2 * size * size * 5), [2, size, size, 5]);
    const y = tf.tensor4d(values(2 * teacherOut.size ** 2 * 9), [
      2,
      teacherOut.size,
      teacherOut.size,
      9,
    ]);
    const path = [op, (op + 1) % 6, op];
    const moments: Moments[] = [];
    const weights = supernet.weights(path);
    const { value, grads } = tf.engine().gradients(
      () => {
        const output = supernet.forward(x, path, { kind: 'train', moments });
        expect(output.shape).toEqual(y.shape);
        return squaredErrorMean(output, y);
      },
      weights.map((parameter) => parameter.value),
    );
    expect(Number.isFinite(value.dataSync()[0])).toBe(true);
    expect(weights.length).toBe(3 * 13);
    weights.forEach(({ name }, index) => {
      const gradient = grads[index]?.dataSync() ?? [];
      expect(Array.from(gradient).every(Number.isFinite), name).toBe(true);
      expect(
        Array.from(gradient).some((g) => g !== 0),
        name,
      ).toBe(true);
    });
    tf.dispose([x, y, value, ...grads]);
    for (const { mean, variance } of moments) tf.dispose([mean, variance]);
    supernet.dispose();
    expect(tf.memory().numTensors).toBe(tensors);
  });
});

describe('CellSupernet', () => {
  it('gives block 0 the stem, which takes the image', () => {
    const supernet = new CellSupernet({
      space: space(1),
      block: 0,
      cell: 0,
      teacherIn: { channels: 3, size: 8 },
      teacherOut: { channels: 5, size: 4 },
      seed: 1,
    });
    const names = supernet.weights([2]).map(({ name }) => name);
    expect(names[0]).toBe('conv_stem.weight');
    expect(names).toContain('blocks.0.0.conv_pw.weight');
    expect(names).toContain('layers.0.2.conv_pwl.weight');
    expect(supernet.paths).toBe(6);
    const y = supernet.forward(tf.zeros([1, 8, 8, 3]), [0], { kind: 'eval' });
    expect(y.shape).toEqual([1, 4, 4, 5]);
    supernet.dispose();
  });

  it('builds the kernel that an op names, also without squeeze-excite (trap: names that lie)', () => {
    const ops = [3, 5, 7].flatMap((k) => [`ir_k${k}_e3`, `ir_k${k}_e6_se0.25`]);
    const supernet = new CellSupernet({
      space: parseSpace(
        `stem cn_k3_s1_c4; ops ${ops.join(' ')}; block n1_c4_s1; block n1_c4_s1; head hd_c8`,
      ),
      block: 1,
      cell: 0,
      teacherIn: { channels: 8, size: 4 },
      teacherOut: { channels: 9, size: 4 },
      seed: 1,
    });
    ops.forEach((op, index) => {
      const kernel = Number(op[4]);
      const hidden = 8 * Number(op[7]);
      const weights = supernet.weights([index]);
      const shapes = new Map(weights.map(({ name, value }) => [name, value.shape]));
      expect(shapes.get(`layers.0.${index}.conv_dw.weight`)).toEqual([kernel, kernel, hidden, 1]);
      expect(shapes.get(`layers.0.${index}.se.conv_reduce.weight`)).toEqual(
        op.includes('se') ? [1, 1, hidden, 2] : undefined,
      );
    });
    supernet.dispose();
  });

  it('has the ops of its own block, of any kind, in the frame of the space', () => {
    const supernet = new CellSupernet({
      space: parseSpace(
        'net same eps0.001; stem cn_k3_s2_c4_nhs mp_k3_s2; ops ir_k3_e6_se0.25;' +
          'block n2_c8_s2 with er_k3_e2_sh0.25_nhs bt_k5_e0.5_nre ir_k7_e3_nre;' +
          'block n1_c8_s1; head hd_c8',
      ),
      block: 0,
      cell: 0,
      teacherIn: { channels: 3, size: 32 },
      teacherOut: { channels: 10, size: 4 },
      seed: 1,
    });
    expect(supernet.paths).toBe(9);
    const x = tf.ones([2, 32, 32, 3]) as tf.Tensor4D;
    for (const path of [
      [0, 1],
      [1, 2],
      [2, 0],
    ]) {
      expect(supernet.forward(x, path, { kind: 'eval' }).shape).toEqual([2, 4, 4, 10]);
    }
    const names = supernet.weights([1, 0]).map(({ name }) => name);
    expect(names).toContain('layers.0.1.downsample.0.weight');
    expect(names).toContain('layers.1.0.conv_exp.weight');
    supernet.dispose();
  });

  it('shares no parameter between ops of one layer', () => {
    const supernet = new CellSupernet({
      space: space(1),
      block: 1,
      cell: 0,
      teacherIn: { channels: 5, size: 4 },
      teacherOut: { channels: 9, size: 4 },
      seed: 1,
    });
    const first = new Set(supernet.weights([0, 0, 0]).map(({ name }) => name));
    expect(supernet.weights([1, 1, 1]).some(({ name }) => first.has(name))).toBe(false);
    supernet.dispose();
  });

  it('refuses a cell whose stride misses the size of the teacher, and keeps nothing', () => {
    const tensors = tf.memory().numTensors;
    const build = () =>
      new CellSupernet({
        space: space(2),
        block: 1,
        cell: 0,
        teacherIn: { channels: 5, size: 8 },
        teacherOut: { channels: 9, size: 8 },
        seed: 1,
      });
    expect(build).toThrow(
      expect.objectContaining({
        code: 'SPACE_MISFIT',
        path: ['space', 'blocks', 1, 'cells', 0],
      }),
    );
    expect(tf.memory().numTensors).toBe(tensors);
  });
});
