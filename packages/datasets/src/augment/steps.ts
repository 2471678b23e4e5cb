import type { PolicyOp } from './policy-op.ts';

/** Both ends included. */
export type Range = readonly [number, number];

/** An op, the probability with which it is used, and its magnitude, 0 to 10. */
export type PolicyEntry = readonly [op: PolicyOp, probability: number, magnitude: number];

/**
 * One step of an augmentation; steps follow one another. Those before `normalise` work on whole
 * values 0..255, those after it on normalised numbers.
 */
export type AugmentStep =
  /**
   * A window of the image's own size in the image padded on each side; with `flip` it is mirrored
   * left to right with probability one half. Padding is zero after normalisation, that is the mean
   * colour.
   */
  | {
      readonly kind: 'padCrop';
      /** Share of the side, at least one pixel. */
      readonly padding: number;
      readonly flip: boolean;
    }
  /** A box of random area and shape, enlarged to the whole side, mirrored like `padCrop`. */
  | {
      readonly kind: 'resizedCrop';
      /** Shares of the image. */
      readonly area: Range;
      /** Height by width; its logarithm is uniform. */
      readonly ratio: Range;
      readonly interpolation: 'bilinear or bicubic';
      readonly flip: boolean;
    }
  /** Each by a factor of 1 - x to 1 + x, in random order. */
  | {
      readonly kind: 'colourJitter';
      readonly brightness: number;
      readonly contrast: number;
      readonly saturation: number;
    }
  /** One line of the policy, drawn uniformly; its ops one after the other. */
  | { readonly kind: 'policy'; readonly policy: readonly (readonly PolicyEntry[])[] }
  /** `count` ops, each drawn uniformly and used with probability `probability`. */
  | {
      readonly kind: 'randomOps';
      readonly ops: readonly PolicyOp[];
      readonly count: number;
      readonly probability: number;
      readonly magnitude: number;
      /** Of the normal distribution about `magnitude`; what is drawn is kept in 0 to 10. */
      readonly deviation: number;
    }
  /** (value / 255 - mean) / deviation, per channel. */
  | { readonly kind: 'normalise' }
  /** A box of random area and shape becomes noise: a standard normal number for every value. */
  | {
      readonly kind: 'erase';
      readonly probability: number;
      /** Shares of the image. */
      readonly area: Range;
      /** Height by width; its logarithm is uniform. */
      readonly ratio: Range;
    }
  /** A square about a random pixel becomes zero; it may lie partly outside. */
  | {
      readonly kind: 'cutout';
      /** Share of the side. */
      readonly side: number;
    };

/** The steps of one kind. */
export type Step<K extends AugmentStep['kind']> = Extract<AugmentStep, { kind: K }>;
