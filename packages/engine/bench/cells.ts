import { parseSpace, type SearchSpace, spaceOf } from '@blockwise/dna';
import { benchCell } from '../src/backends/bench-cell.ts';
import type { SamplingKind } from '../src/distil/sampling.ts';
import type { FeatureShape } from '../src/index.ts';

/** A cell whose distillation step is timed. */
export interface BenchCell {
  readonly space: SearchSpace;
  readonly block: number;
  readonly cell: number;
  readonly teacherIn: FeatureShape;
  readonly teacherOut: FeatureShape;
  /** Images of a step. */
  readonly batch: number;
  /** `fair` where there are several ops: every step then costs the same. */
  readonly sampling: SamplingKind;
}

const bench: BenchCell = { ...benchCell, sampling: 'uniform' };

/** Block 4 of `dna-single` between its EfficientNet-B7's features, with k5 e6 in every layer. */
const large: BenchCell = {
  space: parseSpace(`
    stem cn_k3_s1_c80
    ops ir_k5_e6_se0.25
    block n1_c80_s1
    block n4_c112_s1
    head hd_c1280
  `),
  block: 1,
  cell: 0,
  teacherIn: { channels: 160, size: 14 },
  teacherOut: { channels: 224, size: 14 },
  batch: 256,
  sampling: 'uniform',
};

export const benchCells = {
  distil: bench,
  'distil-one': { ...bench, batch: 1 },
  /** Block 2 of `small-32`, three layers of all six ops on 8×8, as a search on CIFAR-10 trains. */
  'distil-small': {
    space: spaceOf('small-32'),
    block: 1,
    cell: 0,
    teacherIn: { channels: 32, size: 8 },
    teacherOut: { channels: 48, size: 8 },
    batch: 64,
    sampling: 'fair',
  },
  'distil-large': large,
} as const satisfies Record<string, BenchCell>;
