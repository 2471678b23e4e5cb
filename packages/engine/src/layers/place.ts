import type { Frame } from '@blockwise/dna';
import type { Initialiser } from './initialise.ts';

/** Where a layer stands in its network, and what it takes over from there. */
export interface LayerPlace {
  readonly initialiser: Initialiser;
  /** Its parameters are named `name.…`. */
  readonly name: string;
  readonly inChannels: number;
  readonly frame: Frame;
  /** Its index over the number of layers, in [0, 1): stochastic depth rises with it. */
  readonly depth: number;
}
