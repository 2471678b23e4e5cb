import { DomainError } from '@blockwise/contracts';
import type { CostAxis } from '../types.ts';
import { bestRoutes } from './best-routes.ts';
import type { Limit } from './bound.ts';
import { asLimits, type Demand, demandsOf, misses } from './demand.ts';
import { costRange } from './graph.ts';
import type { Lattice } from './lattice.ts';
import { graphOf, type Measure, measureOf, negative } from './measure.ts';
import { missBy, phrase } from './wording.ts';
import type { Work } from './work.ts';

/**
 * Checks each bound by itself.
 *
 * @throws DomainError INFEASIBLE naming every bound that no network meets, and by how much the
 *   nearest network misses it; the path is that of the first
 */
export function checkEachAlone(lattice: Lattice, limits: readonly Limit[]): void {
  const missed = demandsOf(limits).flatMap((demand) => {
    const { low, high } = rangeOf(lattice, demand.axis);
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
 * Decides exactly whether bounds that can be met one by one can be met together. Bounds are added
 * one after another; the first that cannot be met with those before it is missed by the network
 * that comes nearest to it. Of the others only those are named without which it could be met.
 *
 * @throws DomainError INFEASIBLE naming the bound, those that exclude it, and by how much at least
 *   it is missed; TooMuchWork where that is not decided before
 */
export function checkTogether(lattice: Lattice, limits: readonly Limit[], work: Work): void {
  const demands = demandsOf(limits);
  for (const [i, demand] of demands.entries()) {
    let others = demands.slice(0, i);
    let nearest = missedBy(lattice, demand, others, work);
    if (nearest === undefined) continue;
    for (const other of others) {
      const fewer = others.filter((one) => one !== other);
      const without = missedBy(lattice, demand, fewer, work);
      if (without !== undefined) {
        others = fewer;
        nearest = without;
      }
    }
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

/** Whether any network meets the limits. */
export function areMet(lattice: Lattice, limits: readonly Limit[], work: Work): boolean {
  const nothing: Measure = {
    of: (arc) => new Float64Array(arc.loss.length),
    start: 0,
    ends: lattice.ends.map(() => 0),
  };
  const graph = graphOf(
    lattice,
    nothing,
    limits.map(({ axis }) => measureOf(lattice, axis)),
  );
  return bestRoutes(graph, limits, { keep: 1, work }).length > 0;
}

/** The cost of the network that comes nearest to a demand; undefined where one meets it. */
function missedBy(
  lattice: Lattice,
  demand: Demand,
  others: readonly Demand[],
  work: Work,
): number | undefined {
  if (!others.some(({ axis }) => axis === demand.axis)) {
    const nearest = nearestTo(lattice, demand, asLimits(others), work);
    if (nearest === undefined) {
      throw new Error('bounds that could be met a step ago cannot be met any more');
    }
    return misses(nearest, demand) ? nearest : undefined;
  }
  // Between two bounds of one cost prices do not help; a window that grows keeps the search short.
  if (areMet(lattice, asLimits([...others, demand]), work)) return undefined;
  const range = rangeOf(lattice, demand.axis);
  const outwards = demand.side === 'max' ? 1 : -1;
  for (let width = (range.high - range.low) * 1e-6; ; width *= 4) {
    const bound = demand.bound + outwards * width;
    const nearest = nearestTo(lattice, demand, asLimits([...others, { ...demand, bound }]), work);
    if (nearest !== undefined) return nearest;
    if (bound < range.low || bound > range.high) {
      throw new Error('bounds that could be met a step ago cannot be met any more');
    }
  }
}

/** The cost nearest to what is demanded that a network within the limits has. */
function nearestTo(
  lattice: Lattice,
  { axis, side }: Demand,
  limits: readonly Limit[],
  work: Work,
): number | undefined {
  const measure = measureOf(lattice, axis);
  const graph = graphOf(
    lattice,
    side === 'max' ? measure : negative(measure),
    limits.map((limit) => measureOf(lattice, limit.axis)),
  );
  const [route] = bestRoutes(graph, limits, { keep: 1, work });
  if (route === undefined) return undefined;
  return side === 'max' ? route.loss : -route.loss;
}

function rangeOf(lattice: Lattice, axis: CostAxis): { low: number; high: number } {
  const measure = measureOf(lattice, axis);
  return costRange(graphOf(lattice, measure, [measure]), 0);
}
