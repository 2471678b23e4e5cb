import { createRandom, type Random } from '@blockwise/dna';
import { drawSquare } from '../augment/random-box.ts';
import type { Box } from '../augment/resample.ts';
import { sampleBeta } from './beta.ts';

export interface MixOptions {
  /** [n, size, size, 3] NHWC, the whole batch and nothing more; mixed in place. */
  readonly x: Float32Array;
  /** [n]; positions in the class list. */
  readonly labels: ArrayLike<number>;
  readonly classes: number;
  /** Share of a target that is spread over all classes (Szegedy et al., 2016). */
  readonly labelSmoothing: number;
  /** α of the beta distribution; 0: off. */
  readonly mixup: number;
  /** α of the beta distribution; 0: off. */
  readonly cutmix: number;
  readonly seed: number | string;
  /** Any whole number that tells batches apart; the same (seed, step) draws the same. */
  readonly step: number;
}

/** What one batch is mixed by. `share` is what an image keeps of itself and of its label. */
type Mix =
  | { readonly kind: 'none' }
  | { readonly kind: 'mixup'; readonly share: number }
  | { readonly kind: 'cutmix'; readonly share: number; readonly box: Box };

/**
 * Mixes a batch with itself in reverse order, as timm does, and returns its soft targets,
 * [n, classes], each row with a sum of 1.
 *
 * mixup (Zhang et al., 2018): λ image + (1 - λ) other, λ ~ Beta(α, α). CutMix (Yun et al., 2019):
 * a square of area 1 - λ about a random pixel comes from the other image; λ becomes the share that
 * the image really keeps, since the square may be cut at the border. With both on, each batch draws
 * one of them with equal chance. With both off only targets are made.
 */
export function mixBatch(options: MixOptions): Float32Array {
  const { x, labels } = options;
  const count = labels.length;
  const size = Math.sqrt(x.length / 3 / count);
  if (!Number.isInteger(size)) {
    throw new Error(`${x.length} numbers are no batch of ${count} square images`);
  }
  const mix = drawMix(options, size, createRandom('mix', options.seed, options.step));
  switch (mix.kind) {
    case 'none':
      return softTargets(options, 1);
    case 'mixup':
      blendPairs(x, count, mix.share);
      return softTargets(options, mix.share);
    case 'cutmix':
      swapBoxes(x, count, size, mix.box);
      return softTargets(options, mix.share);
    default:
      return mix satisfies never;
  }
}

function drawMix({ mixup, cutmix }: MixOptions, size: number, random: Random): Mix {
  if (mixup === 0 && cutmix === 0) return { kind: 'none' };
  const isCutmix = cutmix > 0 && (mixup === 0 || random.int(2) === 1);
  const alpha = isCutmix ? cutmix : mixup;
  const share = sampleBeta(alpha, alpha, random);
  if (!isCutmix) return { kind: 'mixup', share };
  const box = drawSquare(size, Math.trunc(size * Math.sqrt(1 - share)), random);
  return { kind: 'cutmix', share: 1 - (box.height * box.width) / size ** 2, box };
}

function blendPairs(x: Float32Array, count: number, share: number): void {
  const step = x.length / count;
  for (let first = 0, last = count - 1; first < last; first++, last--) {
    const a = x.subarray(first * step, (first + 1) * step);
    const b = x.subarray(last * step, (last + 1) * step);
    for (let i = 0; i < step; i++) {
      const own = a[i] as number;
      const other = b[i] as number;
      a[i] = share * own + (1 - share) * other;
      b[i] = share * other + (1 - share) * own;
    }
  }
}

function swapBoxes(x: Float32Array, count: number, size: number, box: Box): void {
  const step = x.length / count;
  const length = 3 * box.width;
  const kept = new Float32Array(length);
  for (let first = 0, last = count - 1; first < last; first++, last--) {
    for (let y = box.top; y < box.top + box.height; y++) {
      const at = (y * size + box.left) * 3;
      const [a, b] = [first * step + at, last * step + at];
      kept.set(x.subarray(a, a + length));
      x.copyWithin(a, b, b + length);
      x.set(kept, b);
    }
  }
}

/** [n, classes]: a row's own class by `share`, that of its partner by the rest, smoothed. */
function softTargets({ labels, classes, labelSmoothing }: MixOptions, share: number): Float32Array {
  const targets = new Float32Array(labels.length * classes).fill(labelSmoothing / classes);
  const add = (row: number, label: number, part: number) => {
    if (!(label >= 0 && label < classes)) throw new Error(`no class ${label} of ${classes}`);
    const at = row * classes + label;
    targets[at] = (targets[at] as number) + part * (1 - labelSmoothing);
  };
  for (let row = 0; row < labels.length; row++) {
    add(row, labels[row] as number, share);
    add(row, labels[labels.length - 1 - row] as number, 1 - share);
  }
  return targets;
}
