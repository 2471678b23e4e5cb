import { DomainError } from '@blockwise/contracts';
import { boundaryShapes } from '../boundaries.ts';
import { type CostColumns, cellCostColumns } from '../cell-costs.ts';
import { headLatency, stemLatency } from '../latency.ts';
import { sumCosts } from '../layer-cost.ts';
import { headCost, networkCost, type Task } from '../network-cost.ts';
import { pathCount } from '../paths.ts';
import {
  type CostAxis,
  costAxes,
  type LatencyTable,
  type Rating,
  type SearchSpace,
} from '../types.ts';
import { sizeAfter } from '../widths.ts';
import { at } from './at.ts';

/** What adds up along a network; `latencyMs` only where there is a table. */
type Sums<T> = Partial<Record<CostAxis, T>>;

/** All paths of a block's cells that lead from one state to another, as columns. */
export interface LatticeArc {
  from: number;
  to: number;
  /** The cell of every row. */
  cell: Uint16Array;
  /** The path of every row, as its index in the cell. */
  path: Uint32Array;
  /** λ · loss. */
  loss: Float64Array;
  costs: Sums<Float64Array>;
}

/**
 * The search space as a layered graph. A network's cost is not a plain sum over blocks, because
 * the first layer of a block costs what the width before it makes it cost; with the shape at the
 * block boundary as state it is a sum along the graph's route.
 */
export interface Lattice {
  /** Number of states at every boundary: one at the stem, then after every block. */
  states: number[];
  /** Arcs of every block. */
  stages: LatticeArc[][];
  /** Cost of the stem. */
  start: Sums<number>;
  /** Cost of the head for every state after the last block. */
  ends: Sums<number>[];
}

export interface TabulateOptions {
  /** Weight λ of each block's loss; all 1 where left out. */
  lambdas?: readonly number[] | undefined;
  latency?: LatencyTable | undefined;
}

/**
 * Tabulates costs and weighted losses (λ · loss) of every path at every input width.
 *
 * @throws DomainError NOT_READY where a cell has no rating or a layer no latency in the table,
 *   DIVERGED where a loss is not finite, BAD_INPUT where the λ are not one finite number ≥ 0 for
 *   each block
 */
export function tabulate(
  space: SearchSpace,
  task: Task,
  ratings: readonly Rating[],
  { lambdas, latency }: TabulateOptions = {},
): Lattice {
  checkLambdas(space, lambdas);
  const lossesOf = lossTable(space, ratings);
  const boundaries = boundaryShapes(space, task);
  const stages = space.blocks.map(({ cells }, block) => {
    const parts: Part[] = [];
    for (const [from, shape] of at(boundaries, block).entries()) {
      for (const [cell, { channels, stride }] of cells.entries()) {
        const size = sizeAfter(shape.size, stride);
        const to = at(boundaries, block + 1).findIndex(
          (after) => after.channels === channels && after.size === size,
        );
        const { channels: entering, size: inSize } = shape;
        const costs = cellCostColumns(space, block, cell, entering, inSize, latency);
        parts.push({ from, to, cell, losses: lossesOf(block, cell), costs });
      }
    }
    return joined(parts, lambdas?.[block] ?? 1);
  });
  return {
    states: boundaries.map((shapes) => shapes.length),
    stages,
    start: {
      ...stemCost(space, task),
      ...(latency && { latencyMs: stemLatency(space.stem, task, latency) }),
    },
    ends: at(boundaries, boundaries.length - 1).map(({ channels, size }) => ({
      ...headCost(space.head, channels, size, task.classes),
      ...(latency && { latencyMs: headLatency(space.head, channels, size, task.classes, latency) }),
    })),
  };
}

/** An arc with some of its rows. */
export function takeRows(arc: LatticeArc, rows: readonly number[]): LatticeArc {
  const take = (column: Float64Array) => Float64Array.from(rows, (row) => column[row] as number);
  const taken: LatticeArc = {
    ...arc,
    cell: Uint16Array.from(rows, (row) => arc.cell[row] as number),
    path: Uint32Array.from(rows, (row) => arc.path[row] as number),
    loss: take(arc.loss),
    costs: {},
  };
  for (const axis of costAxes) {
    const column = arc.costs[axis];
    if (column !== undefined) taken.costs[axis] = take(column);
  }
  return taken;
}

/** All paths of one cell behind one state. */
interface Part {
  from: number;
  to: number;
  cell: number;
  losses: ArrayLike<number>;
  costs: CostColumns;
}

/** One arc for all parts between the same states. */
function joined(parts: readonly Part[], lambda: number): LatticeArc[] {
  const groups = new Map<string, [Part, ...Part[]]>();
  for (const part of parts) {
    const group = groups.get(`${part.from}/${part.to}`);
    if (group === undefined) {
      groups.set(`${part.from}/${part.to}`, [part]);
    } else {
      group.push(part);
    }
  }
  return [...groups.values()].map((group) => {
    const rows = group.reduce((sum, { losses }) => sum + losses.length, 0);
    const arc: LatticeArc = {
      from: group[0].from,
      to: group[0].to,
      cell: new Uint16Array(rows),
      path: new Uint32Array(rows),
      loss: new Float64Array(rows),
      costs: {},
    };
    for (const axis of costAxes) {
      if (group[0].costs[axis] !== undefined) arc.costs[axis] = new Float64Array(rows);
    }
    let row = 0;
    for (const { cell, losses, costs } of group) {
      arc.cell.fill(cell, row, row + losses.length);
      for (const axis of costAxes) {
        arc.costs[axis]?.set(costs[axis] ?? [], row);
      }
      for (let path = 0; path < losses.length; path++, row++) {
        arc.path[row] = path;
        arc.loss[row] = lambda * (losses[path] as number);
      }
    }
    return arc;
  });
}

function stemCost(space: SearchSpace, task: Task) {
  const { layers } = networkCost({ stem: space.stem, blocks: [], head: space.head }, task);
  const { params, macs, flopsTool, activationBytes } = sumCosts(
    layers.filter((row) => row.part === 'stem'),
  );
  return { params, macs, flopsTool, activationBytes };
}

function lossTable(space: SearchSpace, ratings: readonly Rating[]) {
  const table = new Map(ratings.map((rating) => [`${rating.block}/${rating.cell}`, rating.losses]));
  return (block: number, cell: number): ArrayLike<number> => {
    const losses = table.get(`${block}/${cell}`);
    const place = `block ${block + 1}, cell ${cell + 1}`;
    if (losses === undefined) {
      throw new DomainError('NOT_READY', `There is no rating of ${place} yet.`);
    }
    const paths = pathCount(space, block, cell);
    if (losses.length !== paths) {
      throw new Error(`${losses.length} losses for the ${paths} paths of ${place}`);
    }
    for (let path = 0; path < paths; path++) {
      if (!Number.isFinite(losses[path])) {
        throw new DomainError('DIVERGED', `The loss of path ${path} of ${place} is not finite.`);
      }
    }
    return losses;
  };
}

function checkLambdas(space: SearchSpace, lambdas: readonly number[] | undefined): void {
  if (lambdas === undefined) return;
  const blocks = space.blocks.length;
  if (lambdas.length !== blocks || !lambdas.every((l) => Number.isFinite(l) && l >= 0)) {
    throw new DomainError(
      'BAD_INPUT',
      `The block weights must be ${blocks} numbers of at least 0, one for each block.`,
      { path: ['lambdas'] },
    );
  }
}
