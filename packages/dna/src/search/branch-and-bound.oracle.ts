import type { CostAxis } from '../types.ts';
import { at } from './at.ts';
import type { Limit } from './bound.ts';
import type { Lattice, LatticeArc } from './lattice.ts';

/**
 * The losses of the `keep` best networks within the limits, by plain branch and bound: depth first,
 * steps by ascending loss. The bound is what the rest of a network costs at least in loss when all
 * limits but one side of one are dropped, which a dynamic programme tabulates beforehand. Shares
 * no idea and no code with the search that it checks.
 *
 * @param ceiling only networks with less loss are looked for
 */
export function branchAndBound(
  lattice: Lattice,
  limits: readonly Limit[],
  keep: number,
  ceiling: number,
): number[] {
  const sides = limits.flatMap(({ axis, min, max }) => [
    ...(Number.isFinite(max) ? [{ axis, sign: 1, bound: max }] : []),
    ...(Number.isFinite(min) ? [{ axis, sign: -1, bound: -min }] : []),
  ]);
  const rests = sides.map(({ axis, sign }) => restTables(lattice, axis, sign));
  const cheapest = restTables(lattice, undefined, 1);
  const ordered = lattice.stages.map((arcs) => arcs.map((arc) => usefulRows(arc, limits, keep)));
  const found: number[] = [];
  const worst = () => found[keep - 1] ?? ceiling;

  const leastRest = (boundary: number, state: number, left: readonly number[]) =>
    rests.reduce(
      (bound, tables, i) => Math.max(bound, lookUp(at(at(tables, boundary), state), at(left, i))),
      0,
    );

  const descend = (block: number, state: number, loss: number, left: readonly number[]): void => {
    if (block === lattice.stages.length) {
      found.push(loss);
      found.sort((a, b) => a - b).splice(keep);
      return;
    }
    for (const [position, arc] of at(lattice.stages, block).entries()) {
      if (arc.from !== state) continue;
      const [least] = at(at(cheapest, block + 1), arc.to);
      for (const row of at(at(ordered, block), position)) {
        const sum = loss + at(arc.loss, row);
        if (sum + (least?.loss ?? 0) >= worst()) break;
        const remaining = sides.map(
          ({ axis, sign }, i) => at(left, i) - sign * costOf(arc, axis, row),
        );
        if (sum + leastRest(block + 1, arc.to, remaining) < worst()) {
          descend(block + 1, arc.to, sum, remaining);
        }
      }
    }
  };
  descend(
    0,
    0,
    0,
    sides.map(({ axis, sign, bound }) => bound - sign * (lattice.start[axis] ?? 0)),
  );
  return found;
}

/** The least loss of a rest whose cost is at most this, by ascending cost. */
type Table = { cost: number; loss: number }[];

/** By [boundary][state]; without an axis every cost is 0. */
function restTables(lattice: Lattice, axis: CostAxis | undefined, sign: number): Table[][] {
  const cost = (value: number | undefined) =>
    axis === undefined ? 0 : sign * (value ?? Number.NaN);
  let tables: Table[] = lattice.ends.map((end) => [{ cost: cost(axis && end[axis]), loss: 0 }]);
  const all = [tables];
  for (let block = lattice.stages.length - 1; block >= 0; block--) {
    const options: Table[] = Array.from({ length: at(lattice.states, block) }, () => []);
    for (const arc of at(lattice.stages, block)) {
      const own = thinned(
        Array.from(arc.loss, (loss, row) => ({
          cost: axis === undefined ? 0 : sign * costOf(arc, axis, row),
          loss,
        })),
      );
      for (const step of own) {
        for (const rest of at(tables, arc.to)) {
          at(options, arc.from).push({ cost: step.cost + rest.cost, loss: step.loss + rest.loss });
        }
      }
    }
    tables = options.map(thinned);
    all.unshift(tables);
  }
  return all;
}

function thinned(points: Table): Table {
  let lowest = Number.POSITIVE_INFINITY;
  return points
    .sort((a, b) => a.cost - b.cost || a.loss - b.loss)
    .filter(({ loss }) => {
      const isLower = loss < lowest;
      lowest = Math.min(lowest, loss);
      return isLower;
    });
}

function lookUp(table: Table, left: number): number {
  let [low, high] = [0, table.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at(table, middle).cost <= left) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? Number.POSITIVE_INFINITY : at(table, low - 1).loss;
}

function costOf(arc: LatticeArc, axis: CostAxis, row: number): number {
  return arc.costs[axis]?.[row] ?? Number.NaN;
}

/** By ascending loss; of rows with equal costs `keep`. */
function usefulRows(arc: LatticeArc, limits: readonly Limit[], keep: number): number[] {
  const counts = new Map<string, number>();
  return Array.from(arc.loss.keys())
    .sort((a, b) => at(arc.loss, a) - at(arc.loss, b))
    .filter((row) => {
      const costs = limits.map(({ axis }) => costOf(arc, axis, row)).join();
      const count = counts.get(costs) ?? 0;
      counts.set(costs, count + 1);
      return count < keep;
    });
}
