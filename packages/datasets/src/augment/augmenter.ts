import type { Random } from '@blockwise/dna';
import type { ChannelStatistics } from '../normalisation.ts';
import type { Colour } from './affine.ts';
import { type Canvas, createCanvas } from './canvas.ts';
import { jitterColour } from './colour-jitter.ts';
import { fillNoise, fillZero } from './erase.ts';
import { drawInterpolation } from './interpolation.ts';
import { type NormalisedValues, normalisedValues, normaliseWindow } from './normalise.ts';
import { drawWindow, type Window, wholeImage } from './pad-crop.ts';
import { applyPolicyOp } from './policy-op.ts';
import { drawBox, drawSquare } from './random-box.ts';
import { enlarge } from './resample.ts';
import type { AugmentStep, PolicyEntry, Step } from './steps.ts';

/** Takes images of one set through the steps of an augmentation; its buffers serve one after another. */
export class Augmenter {
  readonly #size: number;
  readonly #steps: readonly AugmentStep[];
  readonly #normalised: NormalisedValues;
  /** What comes from outside of an image that is turned or moved: the mean colour, as in timm. */
  readonly #fill: Colour;
  readonly #canvas: Canvas;
  /** Where the image's pixels are now: where they came from until a step changes them, then on the canvas. */
  #pixels: Uint8Array;
  #from = 0;
  #window: Window = wholeImage;

  constructor(size: number, info: ChannelStatistics, steps: readonly AugmentStep[]) {
    this.#size = size;
    this.#steps = steps;
    this.#normalised = normalisedValues(info);
    const [red, green, blue] = info.mean;
    this.#fill = [Math.round(255 * red), Math.round(255 * green), Math.round(255 * blue)];
    this.#canvas = createCanvas(size);
    this.#pixels = this.#canvas.pixels;
  }

  /**
   * Writes the image that begins at `from` of `images`, [size, size, 3], to `to` of `out`; every
   * choice is drawn from `random`.
   */
  write(images: Uint8Array, from: number, random: Random, out: Float32Array, to: number): void {
    this.#pixels = images;
    this.#from = from;
    this.#window = wholeImage;
    for (const step of this.#steps) this.#apply(step, random, out, to);
  }

  #apply(step: AugmentStep, random: Random, out: Float32Array, to: number): void {
    const size = this.#size;
    switch (step.kind) {
      case 'padCrop':
        this.#window = drawWindow(size, step.padding, step.flip, random);
        return;
      case 'resizedCrop':
        this.#resizedCrop(step, random);
        return;
      case 'colourJitter':
        jitterColour(this.#ownCanvas().pixels, step, random);
        return;
      case 'policy':
        this.#policy(step.policy[random.int(step.policy.length)] ?? [], random);
        return;
      case 'randomOps':
        this.#randomOps(step, random);
        return;
      case 'normalise':
        normaliseWindow(this.#pixels, this.#from, size, this.#window, this.#normalised, out, to);
        return;
      case 'erase':
        this.#erase(step, random, out, to);
        return;
      case 'cutout':
        fillZero(out, to, size, drawSquare(size, Math.round(step.side * size), random));
        return;
      default:
        step satisfies never;
    }
  }

  #resizedCrop({ area, ratio, flip }: Step<'resizedCrop'>, random: Random): void {
    const size = this.#size;
    const whole = { top: 0, left: 0, height: size, width: size };
    const box = drawBox(size, size, area, ratio, random) ?? whole;
    const interpolation = drawInterpolation(random);
    const isMirrored = flip && random.int(2) === 1;
    const { pixels, spare } = this.#canvas;
    enlarge(this.#pixels, this.#from, size, box, interpolation, isMirrored, spare, pixels);
    this.#pixels = pixels;
    this.#from = 0;
  }

  #policy(entries: readonly PolicyEntry[], random: Random): void {
    for (const [op, probability, magnitude] of entries) {
      if (random.next() < probability) this.#op(op, magnitude, random);
    }
  }

  #randomOps(step: Step<'randomOps'>, random: Random): void {
    const { ops, count, probability, magnitude, deviation } = step;
    for (let i = 0; i < count; i++) {
      const op = ops[random.int(ops.length)];
      if (op === undefined || random.next() >= probability) continue;
      const drawn = magnitude + deviation * random.normal();
      this.#op(op, Math.min(10, Math.max(0, drawn)), random);
    }
  }

  #erase(
    { probability, area, ratio }: Step<'erase'>,
    random: Random,
    out: Float32Array,
    to: number,
  ) {
    if (random.next() >= probability) return;
    const size = this.#size;
    // timm erases only boxes that leave a line of the image in both directions.
    const box = drawBox(size, size - 1, area, ratio, random);
    if (box !== null) fillNoise(out, to, size, box, random);
  }

  #op(op: PolicyEntry[0], magnitude: number, random: Random): void {
    const canvas = this.#ownCanvas();
    applyPolicyOp(canvas, op, magnitude, this.#fill, random);
    this.#pixels = canvas.pixels;
  }

  /** The canvas with the image on it: the set's own pixels are never changed. */
  #ownCanvas(): Canvas {
    const canvas = this.#canvas;
    if (this.#pixels !== canvas.pixels) {
      const end = this.#from + canvas.pixels.length;
      canvas.pixels.set(this.#pixels.subarray(this.#from, end));
      this.#pixels = canvas.pixels;
      this.#from = 0;
    }
    return canvas;
  }
}
