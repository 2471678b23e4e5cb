import * as tf from '@tensorflow/tfjs-core';
import { countCorrect } from '../classify/accuracy.ts';
import type { BatchMeasure, BatchScore, TeacherSuffix } from './batch-measure.ts';

interface Place {
  /** The teacher's own features after the block. */
  readonly y: tf.Tensor4D;
  /** The teacher's cut point there. */
  readonly cut: number;
  /** Classes of the images. */
  readonly labels: ArrayLike<number> | undefined;
}

/**
 * Puts a path into the teacher in place of a block, and looks at the logits (replace one block:
 * Bercovich et al. 2025, Puzzle; Molchanov et al. 2022, LANA). The loss is KL(teacher ‖ replaced), the
 * mean over the images, or the share of the images that is classified wrong. In double precision.
 */
export class ReplacedBlock implements BatchMeasure {
  readonly #measure: 'replaceKl' | 'replaceError';
  readonly #teacher: TeacherSuffix;
  readonly #place: Place;
  /** Of the untouched teacher, natural logarithm, [images, classes]. */
  readonly #logProbabilities: Float64Array;
  readonly #classes: number;

  private constructor(
    measure: 'replaceKl' | 'replaceError',
    teacher: TeacherSuffix,
    place: Place,
    logits: Float32Array,
  ) {
    this.#measure = measure;
    this.#teacher = teacher;
    this.#place = place;
    this.#classes = logits.length / place.y.shape[0];
    this.#logProbabilities = logSoftmax(logits, this.#classes);
  }

  static async of(
    measure: 'replaceKl' | 'replaceError',
    teacher: TeacherSuffix,
    place: Place,
  ): Promise<ReplacedBlock> {
    if (measure === 'replaceError' && place.labels === undefined) {
      throw new Error('The measure replaceError needs the classes of the images.');
    }
    const logits = tf.tidy(() => teacher.logitsFromTensor(place.cut, place.y));
    const values = (await logits.data()) as Float32Array;
    logits.dispose();
    return new ReplacedBlock(measure, teacher, place, values);
  }

  reduce(output: tf.Tensor4D): tf.Tensor {
    return this.#teacher.logitsFromTensor(this.#place.cut, output);
  }

  score(values: Float32Array): BatchScore {
    const kl = meanDivergence(
      this.#logProbabilities,
      logSoftmax(values, this.#classes),
      this.#classes,
    );
    const { labels } = this.#place;
    if (labels === undefined) return { loss: kl, kl };
    const top1 = countCorrect(values, labels) / labels.length;
    return { loss: this.#measure === 'replaceKl' ? kl : 1 - top1, kl, top1 };
  }
}

/** Row by row: x − log Σ exp x. */
function logSoftmax(logits: Float32Array, classes: number): Float64Array {
  const result = Float64Array.from(logits);
  for (let from = 0; from < result.length; from += classes) {
    const row = result.subarray(from, from + classes);
    const greatest = row.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    const sum = row.reduce((total, value) => total + Math.exp(value - greatest), 0);
    const shift = greatest + Math.log(sum);
    row.forEach((value, i) => {
      row[i] = value - shift;
    });
  }
  return result;
}

/** The mean over rows of Σ p (log p − log q). */
function meanDivergence(p: Float64Array, q: Float64Array, classes: number): number {
  let sum = 0;
  p.forEach((logP, i) => {
    sum += Math.exp(logP) * (logP - (q[i] as number));
  });
  return sum / (p.length / classes);
}
