import type { Random } from '@blockwise/dna';
import { type AffineMap, affine, type Colour } from './affine.ts';
import { type Canvas, repaint } from './canvas.ts';
import { brightness, colour, contrast, sharpness } from './enhance.ts';
import { rotation, shearX, shearY, translationX, translationY } from './geometry.ts';
import { drawInterpolation, type Interpolation } from './interpolation.ts';
import { autoContrast, equalize, invert, posterize, solarize, solarizeAdd } from './tone.ts';

interface Op {
  /** What a magnitude of 0 to 10 means to the op, as in timm's auto_augment.py. */
  readonly strength: (magnitude: number) => number;
  readonly change: (canvas: Canvas, strength: number) => void;
}

interface MovingOp {
  /** To either side with equal chance. */
  readonly strength: (magnitude: number) => number;
  readonly map: (strength: number, size: number) => AffineMap;
}

const none = () => 0;
/** 0.1 to 1.9; 5 changes nothing. */
const factor = (magnitude: number) => 0.18 * magnitude + 0.1;

/** Ops of AutoAugment's and RandAugment's policies. */
const ops = {
  autoContrast: { strength: none, change: ({ pixels }) => autoContrast(pixels) },
  equalize: { strength: none, change: ({ pixels }) => equalize(pixels) },
  invert: { strength: none, change: ({ pixels }) => invert(pixels) },
  /** Keeps 0 to 4 bits: a small magnitude changes more than a large one. */
  posterize: {
    strength: (magnitude) => Math.trunc(0.4 * magnitude),
    change: ({ pixels }, bits) => posterize(pixels, bits),
  },
  /** Keeps 4 to 8 bits, as in AutoAugment's paper. */
  posterizeGently: {
    strength: (magnitude) => 4 + Math.trunc(0.4 * magnitude),
    change: ({ pixels }, bits) => posterize(pixels, bits),
  },
  /** From a threshold of 0 to 256 on: a small magnitude changes more than a large one. */
  solarize: {
    strength: (magnitude) => Math.trunc(25.6 * magnitude),
    change: ({ pixels }, threshold) => solarize(pixels, threshold),
  },
  solarizeAdd: {
    strength: (magnitude) => Math.trunc(11 * magnitude),
    change: ({ pixels }, addend) => solarizeAdd(pixels, addend),
  },
  colour: { strength: factor, change: ({ pixels }, by) => colour(pixels, by) },
  contrast: { strength: factor, change: ({ pixels }, by) => contrast(pixels, by) },
  brightness: { strength: factor, change: ({ pixels }, by) => brightness(pixels, by) },
  sharpness: {
    strength: factor,
    change: (canvas, by) => repaint(canvas, (from, to) => sharpness(from, canvas.size, by, to)),
  },
  /** Degrees. */
  rotate: { strength: (magnitude) => 3 * magnitude, map: rotation },
  /** Pixels per pixel. */
  shearX: { strength: (magnitude) => 0.03 * magnitude, map: shearX },
  shearY: { strength: (magnitude) => 0.03 * magnitude, map: shearY },
  /** Shares of the side. */
  translateX: { strength: (magnitude) => 0.045 * magnitude, map: translationX },
  translateY: { strength: (magnitude) => 0.045 * magnitude, map: translationY },
} as const satisfies Record<string, Op | MovingOp>;

export type PolicyOp = keyof typeof ops;

/** What a magnitude of 0 to 10 means to an op; units as in `ops`. */
export function strengthOf(op: PolicyOp, magnitude: number): number {
  return ops[op].strength(magnitude);
}

/** Changes the image by one op at a magnitude of 0 to 10. */
export function applyPolicyOp(
  canvas: Canvas,
  op: PolicyOp,
  magnitude: number,
  fill: Colour,
  random: Random,
): void {
  const strength = strengthOf(op, magnitude);
  if ('map' in ops[op]) {
    const isNegative = random.int(2) === 1;
    const interpolation = drawInterpolation(random);
    applyOp(canvas, op, isNegative ? -strength : strength, fill, interpolation);
  } else {
    applyOp(canvas, op, strength, fill, 'bilinear');
  }
}

/**
 * Changes the image by one op of a known strength. Ops that move pixels take them by
 * `interpolation`, and what comes from outside of the image is `fill`; the others need neither.
 */
export function applyOp(
  canvas: Canvas,
  op: PolicyOp,
  strength: number,
  fill: Colour,
  interpolation: Interpolation,
): void {
  const { size } = canvas;
  const rule: Op | MovingOp = ops[op];
  if ('map' in rule) {
    const map = rule.map(strength, size);
    repaint(canvas, (from, to) => affine(from, size, map, interpolation, fill, to));
  } else {
    rule.change(canvas, strength);
  }
}
