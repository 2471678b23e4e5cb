import type { JobKind } from '@blockwise/contracts';
import { cut } from './cut.ts';
import { distil } from './distil.ts';
import { exportWeights } from './export.ts';
import { featureMaps } from './feature-maps.ts';
import type { Handler } from './handler.ts';
import { latency } from './latency.ts';
import { rate } from './rate.ts';
import { retrain } from './retrain.ts';
import { solve } from './solve.ts';
import { teacher } from './teacher.ts';
import { verify } from './verify.ts';

/** Who does which kind of job; a kind without a handler does not compile. */
export const handlers = {
  teacher,
  latency,
  distil,
  rate,
  solve,
  retrain,
  cut,
  export: exportWeights,
  verify,
  maps: featureMaps,
} satisfies Record<JobKind, Handler>;
