import { createRandom, parseNetwork, parseSpace } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { NamedArrays } from '../artifacts/named-arrays.ts';
import { openEngine } from '../backends/open.ts';
import { Teacher } from '../classify/teacher.ts';
import { featureTensor } from '../distil/feature-batch.ts';
import type { BatchNorm } from '../layers/batch-norm.ts';
import type { Affine, ForwardMode } from '../layers/forward-mode.ts';
import { NetworkModel } from '../network.ts';
import { CellSupernet, type FeatureShape } from '../supernet.ts';
import { LayersModelTeacher } from '../teachers/layers-model-teacher.ts';
import { smallModel, smallModelCuts } from '../teachers/model-testing.ts';
import { relativeError } from '../tolerance.ts';
import { cutOut } from './cut-out.ts';

beforeAll(async () => {
  await openEngine('wasm');
});

const image = { size: 16, channels: 3 };
const random = createRandom('images');
const images = (count: number) =>
  Float32Array.from({ length: count * 16 * 16 * 3 }, () => random.normal());
const calibration = { x: images(12), count: 12 };
const tested = images(4);

/** A teacher with random weights. */
async function teacherOf(text: string): Promise<Teacher> {
  const network = parseNetwork(text);
  const model = new NetworkModel({ network, classes: 5, seed: 'teacher' });
  const weights = await model.store.read();
  model.dispose();
  return Teacher.fromWeights({ network, classes: 5, imageSize: 16, weights });
}

const cases = {
  mbconv: {
    space: parseSpace(`
      stem cn_k3_s2_c4 ds_k3_c4_se0.25
      ops ir_k3_e2_se0.25 ir_k5_e3 er_k3_e2
      block n1_c6_s1 n2_c6_s1
      block n3_c8_s2 with ir_k3_e2_nhs bt_k3_e0.5_nre
      head hd_c10
    `),
    teacher: 'net_same_eps0.001 | cn_k3_s2_c6 | ir_k3_e2_c6 | ir_k3_s2_e2_c7 | hd_c9_p11_nhs',
    choices: [
      { cell: 1, path: [2, 0] },
      { cell: 0, path: [0, 1, 0] },
    ],
  },
  resnet: {
    space: parseSpace(`
      stem cn_k3_s2_c4_nre
      ops bt_k3_e0.5_nre bt_k5_e0.25_nre
      block n2_c8_s1
      block n1_c8_s2
      head hd
    `),
    teacher: 'cn_k3_s2_c6_nre | bt_k3_e0.5_c8_nre | bt_k3_s2_e0.5_c12_nre | hd',
    choices: [
      { cell: 0, path: [1, 0] },
      { cell: 0, path: [1] },
    ],
  },
};

type Case = (typeof cases)[keyof typeof cases];

function supernetsOf({ space, choices }: Case, cuts: readonly FeatureShape[]): CellSupernet[] {
  return choices.map(({ cell }, block) => {
    const teacherIn = block === 0 ? image : (cuts[block] as FeatureShape);
    const teacherOut = cuts[block + 1] as FeatureShape;
    return new CellSupernet({ space, block, cell, teacherIn, teacherOut, seed: block });
  });
}

async function weightsOf(supernets: readonly CellSupernet[]): Promise<NamedArrays[]> {
  return await Promise.all(supernets.map(({ store }) => store.read()));
}

/** Every block's output, the supernets run one after the other. */
function chain(
  supernets: readonly CellSupernet[],
  { choices }: Case,
  x: tf.Tensor4D,
  mode: ForwardMode,
): tf.Tensor4D[] {
  let features = x;
  return supernets.map((supernet, block) => {
    features = supernet.forward(features, choices[block]?.path ?? [], mode);
    return features;
  });
}

describe.each(Object.entries(cases))('cutOut, %s', (_, given) => {
  it('computes what the supernets compute along the paths, calibrated alike', async () => {
    const teacher = await teacherOf(given.teacher);
    const supernets = supernetsOf(given, teacher.cuts);
    const { network, weights, head } = await cutOut({
      ...{ ...given, teacher, classes: 5, seed: 1, calibration },
      supernets: await weightsOf(supernets),
    });
    expect(head).toBe('teacher');
    expect(network.head).toEqual(teacher.network.head);
    expect(network.frame).toEqual(given.space.frame);
    const model = new NetworkModel({ network, classes: 5, seed: 0, weights });
    tf.tidy(() => {
      const affine = new Map<BatchNorm, Affine>();
      chain(supernets, given, featureTensor(calibration.x, 12, image), {
        kind: 'calibrate',
        affine,
      });
      const x = featureTensor(tested, 4, image);
      const expected = chain(supernets, given, x, { kind: 'given', affine });
      const [, ...actual] = model.features(x, 2, { kind: 'eval' });
      actual.forEach((features, block) => {
        expect(features.shape.at(-1)).toBe(teacher.cuts[block + 1]?.channels);
        const error = relativeError(features.dataSync(), expected[block]?.dataSync() ?? []);
        expect(error, `block ${block}`).toBeLessThan(1e-5);
      });
    });
    const theirs = await teacher.headWeights();
    const copied = [...theirs].filter(([name]) => !/running|bn1.weight|bn2.weight/.test(name));
    expect(copied.length).toBeGreaterThan(1);
    const values = new Set([...weights.values()].map(({ data }) => data.join()));
    for (const [name, { data }] of copied) expect(values.has(data.join()), name).toBe(true);
    model.dispose();
    teacher.dispose();
  });
});

describe('cutOut', () => {
  const given = cases.mbconv;

  it.each(['0.00001', '0.5'])(
    'ends in the head as the teacher computes it, with epsilon %s',
    async (epsilon) => {
      const teacher = await teacherOf(
        `net_eps${epsilon} | cn_k3_s2_c6 | ir_k3_e2_c6 | ir_k3_s2_e2_c7 | hd_c9`,
      );
      const supernets = await weightsOf(supernetsOf(given, teacher.cuts));
      const options = { ...given, teacher, supernets, classes: 5, seed: 1, calibration };
      const { network, weights } = await cutOut(options);
      expect(network.frame.epsilon).toBe(1e-5);
      const theirs = new Map(await teacher.headWeights());
      for (const [name, array] of theirs) {
        if (name.includes('running')) theirs.set(name, weights.get(name) ?? array);
      }
      const body = new NetworkModel({ network: teacher.network, classes: 5, seed: 0 });
      const own = new NetworkModel({ network, classes: 5, seed: 0, weights });
      body.store.write(new Map([...(await body.store.read()), ...theirs]));
      tf.tidy(() => {
        const mode = { kind: 'eval' } as const;
        const x = featureTensor(tested, 4, image);
        const features = own.features(x, 2, mode).at(-1) as tf.Tensor4D;
        const expected = body.forwardFrom(2, features, mode).dataSync();
        expect(relativeError(own.forward(x, mode).dataSync(), expected)).toBeLessThan(1e-5);
      });
      for (const one of [body, own, teacher]) one.dispose();
    },
  );

  it("has a new head of the space where the teacher's is for other classes", async () => {
    const teacher = await teacherOf(given.teacher);
    const supernets = await weightsOf(supernetsOf(given, teacher.cuts));
    const options = { ...given, teacher, supernets, seed: 1, calibration };
    const { network, weights, head } = await cutOut({ ...options, classes: 4 });
    expect(head).toBe('new');
    expect(network.head).toEqual(given.space.head);
    expect(weights.get('classifier.weight')?.shape).toEqual([10, 4]);
    teacher.dispose();
  });

  it('cuts between the features of a LayersModel', async () => {
    const model = smallModel();
    const weights = new Map(
      model.weights.map((weight) => {
        const values = weight.read();
        const data = values.dataSync() as Float32Array;
        return [weight.originalName, { shape: values.shape, data }];
      }),
    );
    const file = { topology: model.toJSON(null, false) as object, weights };
    const teacher = await LayersModelTeacher.load({ file, cuts: smallModelCuts, imageSize: 16 });
    const supernets = await weightsOf(supernetsOf(given, teacher.cuts));
    const options = { ...given, teacher, supernets, classes: 5, seed: 1, calibration };
    const { network, head } = await cutOut(options);
    expect(head).toBe('new');
    const last = network.blocks.map((layers) => layers.at(-1));
    expect(last.map((layer) => (layer?.kind === 'mp' ? 0 : layer?.channels))).toEqual([4, 6]);
  });

  it('leaves no tensor behind, also when weights are missing', async () => {
    const teacher = await teacherOf(given.teacher);
    const [first = new Map(), second = new Map()] = await weightsOf(
      supernetsOf(given, teacher.cuts),
    );
    const options = { ...given, teacher, classes: 5, seed: 1, calibration };
    const tensors = tf.memory().numTensors;
    await cutOut({ ...options, supernets: [first, second] });
    expect(tf.memory().numTensors).toBe(tensors);
    const incomplete = new Map(second);
    incomplete.delete('layers.1.1.conv2.weight');
    await expect(cutOut({ ...options, supernets: [first, incomplete] })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining('blocks.2.1.conv2.weight is missing'),
    });
    expect(tf.memory().numTensors).toBe(tensors);
    teacher.dispose();
  });

  it('refuses a choice that is not in the space', async () => {
    const teacher = await teacherOf(given.teacher);
    const choices = [{ cell: 0, path: [9] }, ...given.choices.slice(1)];
    const options = { ...given, choices, teacher, classes: 5, seed: 1, calibration };
    await expect(cutOut({ ...options, supernets: [] })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      path: ['choices', 0],
    });
    teacher.dispose();
  });
});
