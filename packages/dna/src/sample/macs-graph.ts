import { boundaryShapes } from '../boundaries.ts';
import { cellCostColumns } from '../cell-costs.ts';
import { headCost, networkCost, type Task } from '../network-cost.ts';
import type { SearchSpace } from '../types.ts';
import { sizeAfter } from '../widths.ts';

/** All paths of one cell behind one entering shape, in steps of `unit` macs above the floor. */
export interface Arc {
  cell: number;
  /** State (position in the list of shapes) at the end of the block. */
  to: number;
  /** Path indices, by ascending step. */
  paths: Uint32Array;
  /** Paths of step s are `paths` from starts[s] to starts[s + 1]. */
  starts: Uint32Array;
}

/**
 * The macs of every network of a space, rounded down block by block to whole steps: a network
 * whose steps sum to S has at least floor + S · unit macs, and less than `looseness` more.
 */
export interface MacsGraph {
  floor: number;
  unit: number;
  looseness: number;
  /** By [block][state] at its start. */
  arcs: Arc[][][];
  /** By [boundary][state]: how many ways there are to go on for every sum of steps. */
  counts: Float64Array[][];
  low: number;
  high: number;
}

/** Steps between the cheapest and the dearest network; more are slower and waste fewer draws. */
const resolution = 2048;

export function macsGraph(space: SearchSpace, task: Task): MacsGraph {
  const columns = macsColumns(space, task);
  const { low, high } = rangeOf(columns);
  const unit = Math.max(1, Math.ceil((high - low) / resolution));
  const floors = columns.blocks.map((states) =>
    least(states.flatMap((arcs) => arcs.map(({ macs }) => least(macs)))),
  );
  const endFloor = least(columns.ends);
  const stepsOver = (floor: number) => (macs: number) => Math.floor((macs - floor) / unit);
  const arcs = columns.blocks.map((states, block) =>
    states.map((list) => list.map((arc) => sorted(arc, stepsOver(floors[block] ?? 0)))),
  );
  return {
    floor: columns.start + floors.reduce((sum, floor) => sum + floor, 0) + endFloor,
    unit,
    // Every block and the head lose less than a unit each.
    looseness: (space.blocks.length + 1) * (unit - 1) + 1,
    arcs,
    counts: countWays(arcs, columns.ends.map(stepsOver(endFloor))),
    low,
    high,
  };
}

interface Column {
  cell: number;
  to: number;
  macs: Float64Array;
}

interface Columns {
  start: number;
  blocks: Column[][][];
  ends: number[];
}

function macsColumns(space: SearchSpace, task: Task): Columns {
  const boundaries = boundaryShapes(space, task);
  const blocks = space.blocks.map(({ cells }, block) =>
    (boundaries[block] ?? []).map((before) =>
      cells.map(({ channels, stride }, cell) => {
        const size = sizeAfter(before.size, stride);
        const to = (boundaries[block + 1] ?? []).findIndex(
          (after) => after.channels === channels && after.size === size,
        );
        return {
          cell,
          to,
          macs: cellCostColumns(space, block, cell, before.channels, before.size).macs,
        };
      }),
    ),
  );
  const ends = (boundaries.at(-1) ?? []).map(
    ({ channels, size }) => headCost(space.head, channels, size, task.classes).macs,
  );
  const { layers } = networkCost({ stem: space.stem, blocks: [], head: space.head }, task);
  const start = layers.reduce((sum, row) => sum + (row.part === 'stem' ? row.macs : 0), 0);
  return { start, blocks, ends };
}

function rangeOf({ start, blocks, ends }: Columns): { low: number; high: number } {
  let rest = ends.map((end) => ({ low: end, high: end }));
  for (const states of blocks.toReversed()) {
    rest = states.map((arcs) => {
      const sums = arcs.map(({ to, macs }) => {
        const { low = 0, high = 0 } = rest[to] ?? {};
        return { low: least(macs) + low, high: macs.reduce((a, b) => Math.max(a, b)) + high };
      });
      return {
        low: least(sums.map(({ low }) => low)),
        high: Math.max(...sums.map(({ high }) => high)),
      };
    });
  }
  const { low = 0, high = 0 } = rest[0] ?? {};
  return { low: start + low, high: start + high };
}

/** Counting sort of a cell's paths by their step. */
function sorted({ cell, to, macs }: Column, stepOf: (macs: number) => number): Arc {
  const steps = Uint32Array.from(macs, stepOf);
  const most = steps.reduce((a, b) => Math.max(a, b));
  const starts = new Uint32Array(most + 2);
  for (const step of steps) {
    starts[step + 1] = (starts[step + 1] ?? 0) + 1;
  }
  for (let step = 0; step <= most; step++) {
    starts[step + 1] = (starts[step + 1] ?? 0) + (starts[step] ?? 0);
  }
  const next = starts.slice();
  const paths = new Uint32Array(steps.length);
  for (const [path, step] of steps.entries()) {
    const place = next[step] ?? 0;
    paths[place] = path;
    next[step] = place + 1;
  }
  return { cell, to, paths, starts };
}

/** How many paths of an arc have a step. */
export function pathsAt({ starts }: Arc, step: number): number {
  return (starts[step + 1] ?? 0) - (starts[step] ?? 0);
}

/** Steps that an arc's paths can have: 0 to one less. */
export function stepLimit({ starts }: Arc): number {
  return starts.length - 1;
}

function countWays(blocks: readonly Arc[][][], ends: readonly number[]): Float64Array[][] {
  let after = ends.map((step): Float64Array => {
    const ways = new Float64Array(step + 1);
    ways[step] = 1;
    return ways;
  });
  const counts = [after];
  for (const states of blocks.toReversed()) {
    after = states.map((arcs) => waysThrough(arcs, after));
    counts.unshift(after);
  }
  return counts;
}

function waysThrough(arcs: readonly Arc[], after: readonly Float64Array[]): Float64Array {
  const lengths = arcs.map((arc) => stepLimit(arc) + (after[arc.to]?.length ?? 0) - 1);
  const ways = new Float64Array(Math.max(...lengths));
  for (const arc of arcs) {
    const rest = after[arc.to] ?? new Float64Array();
    for (let step = 0; step < stepLimit(arc); step++) {
      const paths = pathsAt(arc, step);
      if (paths === 0) continue;
      for (let left = 0; left < rest.length; left++) {
        ways[step + left] = (ways[step + left] ?? 0) + paths * (rest[left] ?? 0);
      }
    }
  }
  return ways;
}

function least(values: Float64Array | readonly number[]): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (const value of values) {
    smallest = Math.min(smallest, value);
  }
  return smallest;
}
