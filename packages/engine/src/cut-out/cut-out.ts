import {
  assemble,
  type CellChoice,
  cellLayers,
  type Network,
  type SearchSpace,
} from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import type { NamedArray, NamedArrays } from '../artifacts/named-arrays.ts';
import { Teacher } from '../classify/teacher.ts';
import { featureTensor } from '../distil/feature-batch.ts';
import { isOfHead, namesOf } from '../layers/names.ts';
import { initialArrays, NetworkModel } from '../network.ts';
import type { FeatureShape } from '../supernet.ts';
import type { FeatureTeacher } from '../teachers/feature-teacher.ts';
import { renamedWeights } from './renamed-weights.ts';

export interface CutOutOptions {
  readonly space: SearchSpace;
  /** One per block. */
  readonly choices: readonly CellChoice[];
  /** Weights of the chosen cells' supernets, by block, as they name them; other names do no harm. */
  readonly supernets: readonly NamedArrays[];
  /** Whose features the cells learnt to produce. */
  readonly teacher: FeatureTeacher;
  readonly classes: number;
  /** Decides the initial weights of a new head. */
  readonly seed: number | string;
  /** Clean images, NHWC row-major, from which batch-norm statistics are taken. */
  readonly calibration: { readonly x: Float32Array; readonly count: number };
}

export interface CutOut {
  /** With the teacher's widths between the blocks; its parameters are counted on it. */
  readonly network: Network;
  readonly weights: NamedArrays;
  /** `new`: the space's head, untrained, because the teacher has none for these classes. */
  readonly head: 'teacher' | 'new';
}

/**
 * A found network with the weights that its cells have in their supernets: the paths one after the
 * other, each between the teacher's widths, as it was trained; so the last feature map has the
 * teacher's shape, and the teacher's head goes on from there.
 *
 * The supernets' running statistics are mixtures over paths and are not used: all batch-norm
 * statistics are taken from the calibration images, run through this network (as the paper does for
 * every candidate before rating). A head from a teacher with another epsilon computes what it does
 * there.
 *
 * @throws DomainError BAD_INPUT for a choice that is not in the space, or weights that do not fit
 */
export async function cutOut(options: CutOutOptions): Promise<CutOut> {
  const { space, choices, supernets, teacher, classes, seed, calibration } = options;
  const { stem } = assemble(space, choices);
  const head = await teacherHead(teacher, classes);
  const network: Network = {
    frame: { ...space.frame },
    stem,
    blocks: choices.map(({ cell, path }, block) =>
      cellLayers(space, block, cell, path, widthAfter(teacher.cuts, block)),
    ),
    head: { ...(head?.network ?? space).head },
  };
  const { channels: imageChannels } = teacher.image;
  const renamed = renamedWeights(network, { space, choices, supernets, head });
  const fresh = initialArrays(
    { network, classes, seed, imageChannels },
    ({ name }) => head === null && isOfHead(network, name),
  );
  const weights = new Map([...fresh, ...renamed]);
  const model = new NetworkModel({ network, classes, seed, imageChannels, weights });
  try {
    tf.tidy(() => {
      const images = featureTensor(calibration.x, calibration.count, teacher.image);
      model.forward(images, { kind: 'recalibrate' });
    });
    const result = await model.store.read();
    if (head !== null) keepHeadScale(result, network, head.network.frame.epsilon);
    return { network, weights: result, head: head === null ? 'new' : 'teacher' };
  } finally {
    model.dispose();
  }
}

/** The teacher's head, where it has one in the grammar and for these classes. */
async function teacherHead(
  teacher: FeatureTeacher,
  classes: number,
): Promise<{ network: Network; weights: NamedArrays } | null> {
  if (!(teacher instanceof Teacher) || teacher.classes !== classes) return null;
  return { network: teacher.network, weights: await teacher.headWeights() };
}

/**
 * Batch norm divides by √(variance + ε). The scale of the head's takes up the difference between the
 * epsilon that it was trained with and the network's, which all its layers share.
 */
function keepHeadScale(weights: Map<string, NamedArray>, network: Network, trained: number): void {
  const { norm } = namesOf(network).head.conv;
  const scale = weights.get(`${norm}.weight`);
  const variance = weights.get(`${norm}.running_var`);
  const { epsilon } = network.frame;
  if (epsilon === trained || scale === undefined || variance === undefined) return;
  const data = scale.data.map((value, channel) => {
    const own = variance.data[channel] as number;
    return value * Math.sqrt((own + epsilon) / (own + trained));
  });
  weights.set(`${norm}.weight`, { shape: scale.shape, data });
}

function widthAfter(cuts: readonly FeatureShape[], block: number): number {
  const cut = cuts[block + 1];
  if (cut === undefined) throw new Error(`The teacher has ${cuts.length - 1} blocks.`);
  return cut.channels;
}
