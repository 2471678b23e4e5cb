import type { DistilSpec } from '@blockwise/contracts';

/**
 * A list of images whose teacher features are needed. `train`: the fitting images under one fixed
 * draw of the augmentation; the others are clean. A row is a position in the group's list.
 */
export type FeatureGroup =
  | { readonly kind: 'train'; readonly variant: number }
  | { readonly kind: 'rating' }
  | { readonly kind: 'calibration' };

/** Rows of a group in the order in which they are wanted; the name tells a search's orders apart. */
export interface FeatureSequence {
  readonly name: string;
  readonly group: FeatureGroup;
  readonly rows: Uint32Array;
  /** From 0, of sequences that are read one after the other; null: it stands for itself. */
  readonly epoch: number | null;
}

/** How the images of `train` groups are drawn. */
export interface Draws {
  readonly augment: DistilSpec['augment'];
  /** Of the search. */
  readonly seed: number;
}

/** Different draws of the augmentation; without augmentation they would all be the same. */
export function variantCount({ augment, augmentVariants }: DistilSpec): number | null {
  return augment === 'none' ? 1 : augmentVariants;
}

/** The draw of an epoch from 0. */
export function variantOf(distil: DistilSpec, epoch: number): number {
  return epoch % (variantCount(distil) ?? Number.POSITIVE_INFINITY);
}

export function groupName(group: FeatureGroup): string {
  return group.kind === 'train' ? `train-${group.variant}` : group.kind;
}

/** All rows of a clean group. */
export function wholeGroup(kind: 'rating' | 'calibration', count: number): FeatureSequence {
  return { name: kind, group: { kind }, rows: rowRange(0, count), epoch: null };
}

/**
 * At most `limit` rows of a clean group, evenly spread: images often lie ordered by class, and the
 * first ones would be of few classes only.
 */
export function spreadOf(
  kind: 'rating' | 'calibration',
  count: number,
  limit: number,
): FeatureSequence {
  const taken = Math.min(limit, count);
  const rows = Uint32Array.from({ length: taken }, (_, i) => Math.floor((i * count) / taken));
  return { name: `${kind}-spread-${taken}`, group: { kind }, rows, epoch: null };
}

/** from, from + 1, … to - 1. */
export function rowRange(from: number, to: number): Uint32Array {
  return Uint32Array.from({ length: to - from }, (_, i) => from + i);
}
