import { type Recipe, recipes } from '@blockwise/contracts';
import { assemble, dnaNetworks, type Network, spaceOf } from '@blockwise/dna';

/** A whole network whose training step is timed. */
export interface BenchNetwork {
  readonly network: Network;
  readonly classes: number;
  /** Side of the square images, pixels. */
  readonly imageSize: number;
  /** Images of a step. */
  readonly batch: number;
}

const { title: _title, source: _source, ...small } = recipes['small@1'];

/** The recipe `small@1` at one learning rate: AdamW, smoothed labels, nothing dropped. */
export const benchRecipe: Recipe = { ...small, schedule: 'constant', warmupEpochs: 0 };

export const benchNetworks = {
  /** Of `small-32`, every op used at least once. */
  retrain: {
    network: assemble(spaceOf('small-32'), [
      { cell: 0, path: [0, 4] },
      { cell: 0, path: [1, 3, 5] },
      { cell: 0, path: [0, 1, 2] },
    ]),
    classes: 10,
    imageSize: 32,
    batch: 64,
  },
  /** The published DNA-a on ImageNet's images and classes. */
  'retrain-large': {
    network: assemble(spaceOf('dna-multi'), dnaNetworks.a),
    classes: 1000,
    imageSize: 224,
    batch: 64,
  },
} as const satisfies Record<string, BenchNetwork>;
