import { DomainError } from '@blockwise/contracts';
import { cellCostColumns } from '../cell-costs.ts';
import { sumCosts } from '../layer-cost.ts';
import { headCost, networkCost, networkCuts, type Task } from '../network-cost.ts';
import { pathCount } from '../paths.ts';
import type { Cost, CostAxis, Rating, SearchSpace } from '../types.ts';
import { sizeAfter } from '../widths.ts';

/** What adds up along a network. */
export type Sums = Record<'loss' | CostAxis, number>;

/** One path of one cell, as a step from one block boundary to the next. */
export interface Step extends Sums {
  cell: number;
  index: number;
}

/** All steps of a block between two states (positions in the lists of boundary states). */
export interface Arc {
  from: number;
  to: number;
  steps: Step[];
}

/**
 * The search space as a layered graph. A network's cost is not a plain sum over blocks, because
 * the first layer of a block costs what the width before it makes it cost; with the shape at the
 * block boundary as state it is a sum along the graph's path.
 */
export interface Lattice {
  /** Number of states at every boundary: one at the stem, then after every block. */
  states: number[];
  /** Arcs of every block. */
  stages: Arc[][];
  /** Cost of the stem. */
  start: Record<CostAxis, number>;
  /** Cost of the head for every state after the last block. */
  ends: Record<CostAxis, number>[];
}

interface Shape {
  channels: number;
  size: number;
}

/**
 * Tabulates costs and weighted losses (λ · loss) of every path at every input width.
 *
 * @throws DomainError NOT_READY where a cell has no rating, DIVERGED where a loss is not finite,
 *   BAD_INPUT where the λ are not one finite number ≥ 0 for each block
 */
export function tabulate(
  space: SearchSpace,
  task: Task,
  ratings: readonly Rating[],
  lambdas: readonly number[] | undefined,
): Lattice {
  checkLambdas(space, lambdas);
  const lossesOf = lossTable(space, ratings);
  const [stemCut] = networkCuts({ stem: space.stem, blocks: [] }, task.inputSize);
  if (stemCut === undefined) {
    throw new Error('a network has a cut point after its stem');
  }
  let before: Shape[] = [stemCut];
  const states = [1];
  const stages = space.blocks.map(({ cells }, block) => {
    const lambda = lambdas?.[block] ?? 1;
    const after: Shape[] = [];
    const arcs: Arc[] = [];
    for (const [from, shape] of before.entries()) {
      for (const [cell, { channels, stride }] of cells.entries()) {
        const size = sizeAfter(shape.size, stride);
        const columns = cellCostColumns(space, block, cell, shape.channels, shape.size);
        const losses = lossesOf(block, cell);
        const steps = Array.from(columns.params, (params, index) => ({
          cell,
          index,
          loss: lambda * (losses[index] ?? 0),
          params,
          macs: columns.macs[index] ?? 0,
        }));
        addSteps(arcs, from, stateOf(after, { channels, size }), steps);
      }
    }
    before = after;
    states.push(after.length);
    return arcs;
  });
  return {
    states,
    stages,
    start: stemCost(space, task),
    ends: before.map(({ channels, size }) => headCost(space.head, channels, size, task.classes)),
  };
}

function stateOf(shapes: Shape[], wanted: Shape): number {
  const found = shapes.findIndex((s) => s.channels === wanted.channels && s.size === wanted.size);
  return found === -1 ? shapes.push(wanted) - 1 : found;
}

function addSteps(arcs: Arc[], from: number, to: number, steps: Step[]): void {
  const arc = arcs.find((other) => other.from === from && other.to === to);
  if (arc === undefined) {
    arcs.push({ from, to, steps });
  } else {
    arc.steps = arc.steps.concat(steps);
  }
}

function stemCost(space: SearchSpace, task: Task): Cost {
  const { layers } = networkCost({ stem: space.stem, blocks: [], head: space.head }, task);
  return sumCosts(layers.filter((row) => row.part === 'stem'));
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
    for (let index = 0; index < paths; index++) {
      if (!Number.isFinite(losses[index])) {
        throw new DomainError('DIVERGED', `The loss of path ${index} of ${place} is not finite.`);
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
