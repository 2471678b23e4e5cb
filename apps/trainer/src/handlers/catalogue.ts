import type { JobKind } from '@blockwise/contracts';
import { distil } from './distil.ts';
import type { Handler } from './handler.ts';
import { rate } from './rate.ts';
import { retrain } from './retrain.ts';
import { solve } from './solve.ts';
import { teacher } from './teacher.ts';

/** Who does which kind of job; a kind without a handler does not compile. */
export const handlers = { teacher, distil, rate, solve, retrain } satisfies Record<
  JobKind,
  Handler
>;
