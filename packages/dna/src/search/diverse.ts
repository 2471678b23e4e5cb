import { cellAt, opsOf } from '../paths.ts';
import type { SearchSpace } from '../types.ts';
import { at } from './at.ts';
import { type BestRoutesOptions, bestRoutes } from './best-routes.ts';
import type { Limit } from './bound.ts';
import { costOf, type Route } from './graph.ts';
import type { Lattice, LatticeArc } from './lattice.ts';
import { graphOf, type Measure, measureOf } from './measure.ts';

/**
 * Networks of which each is the best within the limits that differs from every earlier one in at
 * least `minDistance` layers (see `encodingDistance`): exact in every step, ascending in loss.
 *
 * A distance adds up over the blocks like a cost, so each earlier network is a bound of its own.
 * Most of them hold by themselves; one is added when the best network turns out to break it.
 *
 * @returns fewer than `count` only where no other network is far enough away
 */
export function diverseRoutes(
  space: SearchSpace,
  lattice: Lattice,
  limits: readonly Limit[],
  { count, minDistance, ...options }: DiverseOptions,
): Route[] {
  const found: Route[] = [];
  const distances: Measure[] = [];
  const bounding = new Set<Measure>();
  const loss = measureOf(lattice, 'loss');
  const costs = limits.map(({ axis }) => measureOf(lattice, axis));
  while (found.length < count) {
    const active = [...bounding];
    const graph = graphOf(lattice, loss, [...costs, ...active]);
    const far = active.map(() => ({ min: minDistance, max: Number.POSITIVE_INFINITY }));
    const [route] = bestRoutes(graph, [...limits, ...far], { ...options, keep: 1 });
    if (route === undefined) break;
    const all = graphOf(lattice, loss, distances);
    const close = distances.filter((_, i) => costOf(all, route.steps, i) < minDistance);
    if (close.length === 0) {
      found.push(route);
      const distance = distanceTo(space, lattice, route);
      distances.push(distance);
      bounding.add(distance);
    }
    for (const distance of close) bounding.add(distance);
  }
  return found;
}

interface DiverseOptions extends Omit<BestRoutesOptions, 'keep'> {
  count: number;
  minDistance: number;
}

/** The distance of every network of the lattice to one. */
function distanceTo(space: SearchSpace, lattice: Lattice, { steps }: Route): Measure {
  const columns = new Map<LatticeArc, Float64Array>();
  for (const [block, arcs] of lattice.stages.entries()) {
    const { arc: position, row: chosen } = at(steps, block);
    const arc = at(arcs, position);
    const [cell, path] = [at(arc.cell, chosen), at(arc.path, chosen)];
    const ops = opsOf(space, block).length;
    const depth = cellAt(space, block, cell).layers;
    const depths = at(space.blocks, block).cells.map(({ layers }) => Math.max(layers, depth));
    for (const other of arcs) {
      const column = Float64Array.from(other.cell, (otherCell, row) =>
        otherCell === cell
          ? differingDigits(path, other.path[row] as number, ops)
          : at(depths, otherCell),
      );
      columns.set(other, column);
    }
  }
  return {
    of: (arc) => columns.get(arc) ?? new Float64Array(arc.loss.length),
    start: 0,
    ends: lattice.ends.map(() => 0),
  };
}

/** Paths of a cell are numbers whose digits are the operations of its layers. */
function differingDigits(a: number, b: number, base: number): number {
  let count = 0;
  while (a !== b) {
    if (a % base !== b % base) count++;
    a = Math.floor(a / base);
    b = Math.floor(b / base);
  }
  return count;
}
