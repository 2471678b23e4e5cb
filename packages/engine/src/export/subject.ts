import type { Network } from '@blockwise/dna';
import type { NamedArrays } from '../artifacts/named-arrays.ts';

/** What an exported network has to be told with, so that somebody else can use it. */
export interface ExportSubject {
  readonly network: Network;
  /** By timm's names, in our layouts. */
  readonly weights: NamedArrays;
  /** Names of the classes, in the order of the logits. */
  readonly classes: readonly string[];
  /** Height and width, pixels. */
  readonly imageSize: number;
  /** Per channel (red, green, blue): an image in 0..1 minus `mean`, over `std`, is what enters. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /** Where it comes from, as JSON: search, network, recipe, hash of the weights. */
  readonly lineage: Readonly<Record<string, unknown>>;
}
