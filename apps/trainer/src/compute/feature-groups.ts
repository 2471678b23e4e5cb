import type { DistilSpec } from '@blockwise/contracts';

/**
 * A list of images whose teacher features are needed. `train`: the fitting images under one fixed
 * draw of the augmentation; the others are clean. A row is a position in the group's list.
 */
export type FeatureGroup =
  | { readonly kind: 'train'; readonly variant: number }
  | { readonly kind: 'rating' }
  | { readonly kind: 'calibration' };

/** How the images of `train` groups are drawn. */
export interface Draws {
  readonly augment: DistilSpec['augment'];
  /** Of the search. */
  readonly seed: number;
}

/** Different draws of the augmentation; without augmentation they would all be the same. */
export function variantCount({ augment, augmentVariants }: DistilSpec): number {
  return augment === 'none' ? 1 : augmentVariants;
}

export function groupName(group: FeatureGroup): string {
  return group.kind === 'train' ? `train-${group.variant}` : group.kind;
}

/** from, from + 1, … to - 1. */
export function rowRange(from: number, to: number): Uint32Array {
  return Uint32Array.from({ length: to - from }, (_, i) => from + i);
}
