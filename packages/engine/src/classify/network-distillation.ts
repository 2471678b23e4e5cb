import { DomainError, type GlobalDistilSpec, type Recipe } from '@blockwise/contracts';
import { type Network, networkCuts } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import type { ForwardMode } from '../layers/forward-mode.ts';
import type { NetworkModel } from '../network.ts';
import { cosineDistance } from '../ops/cosine-distance.ts';
import { softmaxDivergence } from '../ops/softmax-divergence.ts';
import type { FeatureShape } from '../supernet.ts';
import type { FeatureTeacher } from '../teachers/feature-teacher.ts';

/** What is needed of a teacher. */
export type DistillingTeacher = Pick<
  FeatureTeacher,
  'cuts' | 'classes' | 'featuresTensor' | 'logitsFromTensor'
>;

/** What the teacher makes of some images. */
export interface TeacherView {
  /** At {@link NetworkDistillation}'s shared cut points. */
  readonly features: readonly tf.Tensor[];
  readonly logits: tf.Tensor2D | null;
}

export interface Distillation {
  readonly teacher: DistillingTeacher;
  readonly spec: GlobalDistilSpec;
}

/**
 * Distillation of a whole network, without labels (after Puzzle, Bercovich et al. 2025): the sum of
 * 1 − cosine of the feature maps after every block whose shape is the teacher's there, and KL of the
 * logits at a temperature (Hinton et al. 2015), each times its weight.
 */
export class NetworkDistillation {
  readonly #distillation: Distillation;
  readonly #blocks: number;
  /** Cut points after blocks at which student and teacher have one shape. */
  readonly #shared: readonly number[];

  /** @throws DomainError SPEC_INVALID when there is nothing to learn from, or other classes. */
  constructor(
    distillation: Distillation,
    { network, classes, imageSize }: { network: Network; classes: number; imageSize: number },
  ) {
    const { teacher, spec } = distillation;
    this.#distillation = distillation;
    this.#blocks = network.blocks.length;
    const cuts = networkCuts(network, imageSize);
    this.#shared =
      spec.featureWeight === 0
        ? []
        : cuts.flatMap((cut, i) => (i > 0 && isSame(cut, teacher.cuts[i]) ? [i] : []));
    if (spec.logitWeight > 0 && teacher.classes !== classes) {
      throw new DomainError(
        'SPEC_INVALID',
        `The teacher tells ${teacher.classes ?? 'no'} classes apart and the data has ${classes}: ` +
          'its logits cannot be distilled. Set their weight to 0.',
        { path: ['globalDistil', 'logitWeight'] },
      );
    }
    if (spec.logitWeight === 0 && this.#shared.length === 0) {
      throw new DomainError(
        'SPEC_INVALID',
        'There is nothing to distil: no block of the network has the teacher’s shape, and logits ' +
          'have no weight.',
        { path: ['globalDistil'] },
      );
    }
  }

  /** What the teacher makes of `images`; the caller disposes of it. */
  look(images: tf.Tensor4D): TeacherView {
    const { teacher, spec } = this.#distillation;
    const last = teacher.cuts.length - 1;
    const cuts = [...new Set(spec.logitWeight > 0 ? [...this.#shared, last] : this.#shared)];
    const tensors = tf.tidy((): tf.Tensor[] => {
      const all = teacher.featuresTensor(images, cuts);
      const features = all.slice(0, this.#shared.length);
      if (spec.logitWeight === 0) return features;
      return [...features, teacher.logitsFromTensor(last, all.at(-1) as tf.Tensor4D)];
    });
    const features = tensors.slice(0, this.#shared.length);
    return { features, logits: (tensors[this.#shared.length] as tf.Tensor2D | undefined) ?? null };
  }

  /** The student's logits of the images, and its loss against what the teacher made of them. */
  loss(
    model: NetworkModel,
    images: tf.Tensor4D,
    view: TeacherView,
    mode: ForwardMode,
  ): { logits: tf.Tensor2D; loss: tf.Scalar } {
    const { featureWeight, logitWeight, temperature } = this.#distillation.spec;
    const features = model.features(images, this.#blocks, mode);
    const logits = model.forwardFrom(this.#blocks, features.at(-1) as tf.Tensor4D, mode);
    // Without weight too: every parameter takes part in the loss.
    const target = view.logits ?? tf.zerosLike(logits);
    const start: tf.Scalar = tf.mul(softmaxDivergence(logits, target, temperature), logitWeight);
    const loss = this.#shared.reduce((sum, cut, i) => {
      const distance = cosineDistance(
        features[cut] as tf.Tensor4D,
        view.features[i] as tf.Tensor4D,
      );
      return tf.add(sum, tf.mul(distance, featureWeight)) as tf.Scalar;
    }, start);
    return { logits, loss };
  }
}

/**
 * How a distillation is optimised, whatever the recipe after it: Adam without decay, the rate falling
 * along half a cosine, nothing dropped or averaged.
 */
export function distillationRecipe(recipe: Recipe, { learningRate }: GlobalDistilSpec): Recipe {
  return {
    ...recipe,
    optimizer: 'adam',
    momentum: 0.9,
    optimizerEpsilon: 1e-8,
    weightDecay: 0,
    learningRate,
    schedule: 'cosine',
    warmupEpochs: 0,
    warmupFrom: 0,
    labelSmoothing: 0,
    dropout: 0,
    dropPath: 0,
    ema: 0,
  };
}

function isSame(one: FeatureShape, other: FeatureShape | undefined): boolean {
  return one.channels === other?.channels && one.size === other.size;
}
