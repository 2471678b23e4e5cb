import type { CostAxis } from '../types.ts';

/** Inclusive bounds of one cost; infinite where there is none. */
export interface Bound {
  min: number;
  max: number;
}

/** Bounds of one axis. */
export interface Limit extends Bound {
  axis: CostAxis;
}
