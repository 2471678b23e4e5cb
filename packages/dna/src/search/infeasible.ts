import { DomainError } from '@blockwise/contracts';
import type { Bounds, Constraints, CostAxis } from '../types.ts';
import { bestNetworks, isFoundQuickly } from './best.ts';
import type { Lattice } from './lattice.ts';
import { at, type Limit, wholeRange } from './limits.ts';

/** One side of one constraint. */
interface Demand {
  axis: CostAxis;
  side: keyof Bounds;
  bound: number;
}

const axes = ['params', 'macs'] as const;
const sides = ['max', 'min'] as const;

/**
 * The constraints as limits.
 *
 * @throws DomainError BAD_INPUT where a bound is not a number, INFEASIBLE where a minimum is above
 *   its maximum
 */
export function limitsOf(constraints: Constraints): Limit[] {
  return axes.map((axis) => {
    const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } =
      constraints[axis] ?? {};
    if (Number.isNaN(min) || Number.isNaN(max)) {
      throw new DomainError('BAD_INPUT', `A bound of the ${axis} is not a number.`, {
        path: ['constraints', axis],
      });
    }
    if (min > max) {
      throw new DomainError(
        'INFEASIBLE',
        `The minimum of the ${axis}, ${written(min)}, is ${written(min - max)} above ` +
          `the maximum, ${written(max)}.`,
        { path: ['constraints', axis] },
      );
    }
    return { axis, min, max };
  });
}

/**
 * Checks each bound by itself.
 *
 * @throws DomainError INFEASIBLE naming every bound that no network meets, and by how much the
 *   nearest network misses it; the path is that of the first
 */
export function checkEachAlone(lattice: Lattice, limits: readonly Limit[]): void {
  const missed = demandsOf(limits).flatMap((demand) => {
    const { low, high } = wholeRange(lattice, demand.axis);
    const nearest = demand.side === 'max' ? low : high;
    return misses(nearest, demand) ? [{ demand, nearest }] : [];
  });
  const [first] = missed;
  if (first === undefined) return;
  const sentences = missed.map(({ demand, nearest }) => {
    const extreme = demand.side === 'max' ? 'smallest' : 'largest';
    return `The ${extreme} network has ${missBy(nearest, demand)}.`;
  });
  throw new DomainError('INFEASIBLE', sentences.join(' '), {
    path: ['constraints', first.demand.axis, first.demand.side],
  });
}

/**
 * Decides exactly whether bounds that can be met one by one can be met together: of the networks
 * that meet all bounds before it, the one nearest to a bound shows whether it can be met too.
 *
 * @throws DomainError INFEASIBLE naming the first bound that the ones before it exclude, and by how
 *   much at least it is missed
 */
export function checkTogether(lattice: Lattice, limits: readonly Limit[]): void {
  const demands = demandsOf(limits);
  for (const [i, demand] of demands.entries()) {
    const others = demands.slice(0, i);
    const [network] = bestNetworks(towards(lattice, demand), asLimits(others), 1);
    if (network === undefined) {
      throw new Error('bounds that could be met a step ago cannot be met any more');
    }
    const nearest = network[demand.axis];
    if (misses(nearest, demand)) {
      const extreme = demand.side === 'max' ? 'at least' : 'at most';
      throw new DomainError(
        'INFEASIBLE',
        'Each constraint can be met alone, but not all together: ' +
          `with ${others.map(phrase).join(' and ')}, a network has ${extreme} ` +
          `${missBy(nearest, demand)}.`,
        { path: ['constraints', demand.axis, demand.side] },
      );
    }
  }
}

/**
 * Whether quick passes towards each bound find a network within all of them. Where they find none
 * there may be one all the same.
 */
export function areMetQuickly(lattice: Lattice, limits: readonly Limit[]): boolean {
  return demandsOf(limits).some((demand) => isFoundQuickly(towards(lattice, demand), limits));
}

/** The lattice with the cost that a bound is about in place of the loss: less is nearer. */
function towards(lattice: Lattice, { axis, side }: Demand): Lattice {
  const sign = side === 'max' ? 1 : -1;
  const last = lattice.stages.length - 1;
  const stages = lattice.stages.map((arcs, block) =>
    arcs.map((arc) => {
      const head = block === last ? at(lattice.ends, arc.to)[axis] : 0;
      return {
        ...arc,
        steps: arc.steps.map((step) => ({ ...step, loss: sign * (step[axis] + head) })),
      };
    }),
  );
  return { ...lattice, stages };
}

function demandsOf(limits: readonly Limit[]): Demand[] {
  return sides.flatMap((side) =>
    limits
      .map((limit) => ({ axis: limit.axis, side, bound: limit[side] }))
      .filter(({ bound }) => Number.isFinite(bound)),
  );
}

function asLimits(demands: readonly Demand[]): Limit[] {
  return axes.map((axis) => {
    const limit = { axis, min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY };
    for (const demand of demands) {
      if (demand.axis === axis) limit[demand.side] = demand.bound;
    }
    return limit;
  });
}

function misses(cost: number, { side, bound }: Demand): boolean {
  return side === 'max' ? cost > bound : cost < bound;
}

function missBy(nearest: number, { axis, side, bound }: Demand): string {
  const [sideName, direction] = side === 'max' ? ['maximum', 'more'] : ['minimum', 'fewer'];
  return (
    `${written(nearest)} ${axis}, ${written(Math.abs(nearest - bound))} ${direction} than ` +
    `the ${sideName} of ${written(bound)}`
  );
}

function phrase({ axis, side, bound }: Demand): string {
  return `${side === 'max' ? 'at most' : 'at least'} ${written(bound)} ${axis}`;
}

function written(value: number): string {
  return value.toLocaleString('en-US');
}
