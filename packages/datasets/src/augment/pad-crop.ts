import type { Random } from '@blockwise/dna';

/** Where the pixels of a result come from: a shifted, perhaps mirrored window. */
export interface Window {
  readonly flip: boolean;
  /** Shift of the window against the image, pixels. */
  readonly down: number;
  readonly right: number;
}

/** The image itself. */
export const wholeImage: Window = { flip: false, down: 0, right: 0 };

/**
 * A window of the image's size in the image padded by a share of its side, at least one pixel;
 * mirrored with probability one half when asked to.
 */
export function drawWindow(size: number, share: number, mayFlip: boolean, random: Random): Window {
  const padding = Math.max(1, Math.round(share * size));
  const flip = mayFlip && random.int(2) === 1;
  const down = random.int(2 * padding + 1) - padding;
  const right = random.int(2 * padding + 1) - padding;
  return { flip, down, right };
}
