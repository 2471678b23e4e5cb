import type { Bounds, CostAxis } from '../types.ts';
import type { Limit } from './bound.ts';

/** One side of one constraint. */
export interface Demand {
  axis: CostAxis;
  side: keyof Bounds;
  bound: number;
}

const sides = ['max', 'min'] as const;

/** The sides that are bounded, maxima first. */
export function demandsOf(limits: readonly Limit[]): Demand[] {
  return sides.flatMap((side) =>
    limits
      .map((limit) => ({ axis: limit.axis, side, bound: limit[side] }))
      .filter(({ bound }) => Number.isFinite(bound)),
  );
}

/** The limits that demand this. */
export function asLimits(demands: readonly Demand[]): Limit[] {
  return [...new Set(demands.map(({ axis }) => axis))].map((axis) => {
    const limit = { axis, min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY };
    for (const demand of demands) {
      if (demand.axis === axis) limit[demand.side] = demand.bound;
    }
    return limit;
  });
}

/** Whether a cost is beyond the bound. */
export function misses(cost: number, { side, bound }: Demand): boolean {
  return side === 'max' ? cost > bound : cost < bound;
}
