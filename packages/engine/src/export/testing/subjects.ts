import { createRandom, parseNetwork } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import type { NamedArray } from '../../artifacts/named-arrays.ts';
import { elements } from '../../artifacts/safetensors-header.ts';
import { ClassifierTraining } from '../../classify/classifier-training.ts';
import { batchOf, network, small } from '../../classify/colour-images.fixture.ts';
import { NetworkModel, networkParameters } from '../../network.ts';
import type { ExportSubject } from '../subject.ts';

interface Case {
  readonly architecture: string;
  /** Even and odd sizes pad differently. */
  readonly imageSize: number;
}

/** Networks that hold every kind of layer, activation, gate and padding between them. */
export const exportCases: Record<string, Case> = {
  'an EfficientNet': {
    architecture: `cn_k3_s2_c8 ds_k3_c8_se0.25
      | ir_k3_s2_e3_c12_se0.25 ir_k5_e2.5_c12_se0.25
      | er_k3_s2_e2_c16_se0.5 er_k5_e1.5_c16 er_k3_e2_c16_se0.25_nre | hd_c24`,
    imageSize: 32,
  },
  'an EfficientNet of TensorFlow': {
    architecture: `net_same_eps0.001 | cn_k3_s2_c8 ds_k3_c8_se0.25
      | ir_k3_s2_e3_c12_se0.25 ir_k5_e2.5_c12_se0.25
      | er_k3_s2_e2_c16_se0.5 er_k5_e1.5_c16 | hd_c24`,
    imageSize: 32,
  },
  'a MobileNetV3': {
    architecture: `cn_k3_s2_c8_nhs ds_k3_c8_nre
      | ir_k5_s2_e3_c12_sh0.25_nre ir_k5_e3_c12_sh0.25_nre
      | ir_k3_s2_e2.3_c16_sh0.5_nhs ds_k7_c16_sh0.25_nhs | hd_c24_p20_nhs`,
    imageSize: 31,
  },
  'a MobileNetV3 of TensorFlow, odd': {
    architecture: `net_same_eps0.001 | cn_k3_s2_c8_nhs
      | ir_k5_s2_e3_c12_sh0.25_nre | ds_k7_s2_c16_se0.5_nhs | hd_c24_p20`,
    imageSize: 31,
  },
  'a ResNet': {
    architecture: `cn_k7_s2_c8_nre mp_k3_s2
      | bt_r2_k3_e0.25_c16_nre | bt_k5_s2_e0.5_c24_nhs bt_k3_e0.25_c24 | hd`,
    imageSize: 32,
  },
  'a ResNet of TensorFlow': {
    architecture: `net_same_eps0.001 | cn_k7_s2_c8 mp_k3_s2
      | bt_r2_k3_e0.25_c16_nre | bt_k5_s2_e0.5_c24_nhs | hd`,
    imageSize: 32,
  },
  'poolings of negative values': {
    architecture: `mp_k3_s2 cn_k1_s2_c6 mp_k1_s2 mp_k3 | mp_k5_s2 bt_k1_s2_e0.5_c8 | hd_p7`,
    imageSize: 64,
  },
  'poolings of negative values, of TensorFlow': {
    architecture: `net_same | mp_k3_s2 cn_k1_s2_c6 mp_k1_s2 mp_k3 | mp_k5_s2 bt_k1_s2_e0.5_c8 | hd_p7`,
    imageSize: 64,
  },
  'a stem of one separable layer': {
    architecture: 'ds_k3_s2_c6_se0.25 | cn_k1_c7 cn_k5_s2_c7_nre | hd_c9',
    imageSize: 17,
  },
};

export const exportedClasses = ['cat', 'dog', 'élan', '"owl"\n', '狐'];

/** A network with every weight and statistic drawn at random. */
export function randomSubject({ architecture, imageSize }: Case): ExportSubject {
  const parsed = parseNetwork(architecture);
  const random = createRandom(architecture);
  const weights = new Map<string, NamedArray>();
  for (const { name, shape } of networkParameters(parsed, exportedClasses.length)) {
    const fanIn = Math.max(1, elements(shape) / (shape.at(-1) ?? 1));
    const draw = (): number => {
      if (name.endsWith('running_var')) return 0.5 + random.next();
      if (shape.length === 1)
        return (/bn.*weight|downsample.1.weight/.test(name) ? 1 : 0) + 0.3 * random.normal();
      return (1.5 * random.normal()) / Math.sqrt(fanIn);
    };
    const data = Float32Array.from({ length: elements(shape) }, draw);
    weights.set(name, { shape, data });
  }
  return subjectOf(parsed, weights, imageSize);
}

/** A network that has learned to tell images by their brightest channel. */
export async function trainedSubject(): Promise<ExportSubject> {
  const imageSize = 6;
  const training = new ClassifierTraining({
    ...{ network, imageSize, seed: 4, recipe: small, totalSteps: 40, stepsPerEpoch: 2 },
    classes: exportedClasses.length,
  });
  try {
    for (let step = 0; step < 40; step++) await training.step({ ...batchOf(step), step });
    return subjectOf(network, await training.weights(), imageSize);
  } finally {
    training.dispose();
  }
}

/** A network of {@link exportedClasses}. */
function subjectOf(
  network: ExportSubject['network'],
  weights: ExportSubject['weights'],
  imageSize: number,
): ExportSubject {
  return {
    ...{ network, weights, imageSize, classes: exportedClasses },
    mean: [0.4914, 0.4822, 0.4465],
    std: [0.2470323, 0.2434851, 0.2615878],
    lineage: { search: 's', network: 'n' },
  };
}

/** Images of a subject's size, [count, size, size, 3], standard normal values. */
export function imagesFor({ imageSize }: ExportSubject, count: number): Float32Array {
  const random = createRandom(`images ${imageSize}`);
  return Float32Array.from({ length: count * imageSize * imageSize * 3 }, () => random.normal());
}

/** What the engine computes: logits [count, classes]. */
export function engineLogits(subject: ExportSubject, x: Float32Array, count: number): Float32Array {
  const { network, weights, classes, imageSize } = subject;
  const model = new NetworkModel({ network, classes: classes.length, seed: 0, weights });
  const logits = tf.tidy(() => {
    const images = tf.tensor4d(x, [count, imageSize, imageSize, 3]);
    return model.forward(images, { kind: 'eval' }).dataSync() as Float32Array;
  });
  model.dispose();
  return logits;
}

/** [count, size, size, 3] → [count, 3, size, size]. */
export function channelsFirst(x: Float32Array, count: number, size: number): Float32Array {
  const pixels = size * size;
  return Float32Array.from({ length: x.length }, (_, i) => {
    const image = Math.floor(i / (3 * pixels));
    const channel = Math.floor(i / pixels) % 3;
    return x[(image * pixels + (i % pixels)) * 3 + channel] as number;
  }).subarray(0, count * 3 * pixels);
}

/** Largest absolute difference of two arrays of one length. */
export function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) {
    throw new Error(`${actual.length} values where ${expected.length} are expected.`);
  }
  return Math.max(...Array.from(expected, (value, i) => Math.abs((actual[i] as number) - value)));
}
