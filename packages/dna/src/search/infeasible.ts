import { DomainError } from '@blockwise/contracts';
import { createRandom } from '../random.ts';
import type { CostAxis } from '../types.ts';
import { bestRoutes } from './best-routes.ts';
import type { Limit } from './bound.ts';
import { asLimits, type Demand, demandsOf, misses } from './demand.ts';
import { costOf, costRange, type Route } from './graph.ts';
import { type Lattice, takeRows } from './lattice.ts';
import { graphOf, measureOf, negative } from './measure.ts';
import { RowGroups } from './row-groups.ts';
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
    nearest: first.nearest,
  });
}

/**
 * Decides exactly whether bounds that can be met one by one can be met together. Bounds are added
 * one after another until one cannot be met with those before it. Of those only the ones are named
 * without which it could be met; the network that meets them and comes nearest shows by how much.
 *
 * @throws DomainError INFEASIBLE naming the bound, those that exclude it, and by how much at least
 *   it is missed; TooMuchWork where that is not decided before
 */
export function checkTogether(lattice: Lattice, limits: readonly Limit[], work: Work): void {
  const costs = withDistinctCosts(lattice, limits);
  const demands = demandsOf(limits);
  let network: Route | undefined;
  for (const [i, demand] of demands.entries()) {
    if (network !== undefined && !misses(costIn(costs, network, demand.axis), demand)) continue;
    network = anyWithin(costs, asLimits(demands.slice(0, i + 1)), work);
    if (network !== undefined) continue;
    let others = demands.slice(0, i);
    for (const other of others) {
      const fewer = others.filter((one) => one !== other);
      if (anyWithin(costs, asLimits([...fewer, demand]), work) === undefined) others = fewer;
    }
    const extreme = demand.side === 'max' ? 'at least' : 'at most';
    const nearest = nearestWithin(costs, demand, others, work);
    throw new DomainError(
      'INFEASIBLE',
      'Each constraint can be met alone, but not all together: ' +
        `with ${others.map(phrase).join(' and ')}, a network has ${extreme} ` +
        `${missBy(nearest, demand)}.`,
      { path: ['constraints', demand.axis, demand.side], nearest },
    );
  }
}

/** Whether any network meets the limits. */
export function areMet(lattice: Lattice, limits: readonly Limit[], work: Work): boolean {
  return anyWithin(withDistinctCosts(lattice, limits), limits, work) !== undefined;
}

/**
 * All that matters where losses do not: of the paths of an arc that cost the same one each. In place
 * of their losses random numbers, because with equal ones no network would be tried before another.
 */
function withDistinctCosts(lattice: Lattice, limits: readonly Limit[]): Lattice {
  const random = createRandom('any network');
  const stages = lattice.stages.map((arcs) =>
    arcs.map((arc) => {
      const columns = limits.map(({ axis }) => measureOf(lattice, axis).of(arc, 0));
      const groups = new RowGroups(columns, arc.loss.length);
      for (let row = 0; row < arc.loss.length; row++) groups.groupOf(row);
      const loss = Float64Array.from(groups.firsts, () => random.next());
      return { ...takeRows(arc, groups.firsts), loss };
    }),
  );
  return { ...lattice, stages };
}

/** A network within the limits, whichever. */
function anyWithin(lattice: Lattice, limits: readonly Limit[], work: Work): Route | undefined {
  const costs = limits.map(({ axis }) => measureOf(lattice, axis));
  const graph = graphOf(lattice, measureOf(lattice, 'loss'), costs);
  return bestRoutes(graph, limits, { keep: 1, work })[0];
}

/** How near a network that meets the other demands comes to one that it cannot meet. */
function nearestWithin(
  lattice: Lattice,
  demand: Demand,
  others: readonly Demand[],
  work: Work,
): number {
  const found = (limits: readonly Limit[]) => nearestTo(lattice, demand, limits, work);
  const { low, high } = rangeOf(lattice, demand.axis);
  const outwards = demand.side === 'max' ? 1 : -1;
  // Between two bounds of one cost prices do not help; a window that grows keeps the search short.
  const isWindow = others.some(({ axis }) => axis === demand.axis);
  for (let width = isWindow ? (high - low) * 1e-6 : Number.POSITIVE_INFINITY; ; width *= 4) {
    const bound = demand.bound + outwards * width;
    const nearest = found(asLimits([...others, { ...demand, bound }]));
    if (nearest !== undefined) return nearest;
    if (bound < low || bound > high) {
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

function costIn(lattice: Lattice, { steps }: Route, axis: CostAxis): number {
  const measure = measureOf(lattice, axis);
  return costOf(graphOf(lattice, measure, [measure]), steps, 0);
}

function rangeOf(lattice: Lattice, axis: CostAxis): { low: number; high: number } {
  const measure = measureOf(lattice, axis);
  return costRange(graphOf(lattice, measure, [measure]), 0);
}
