import { at } from './at.ts';

/** All steps of a block between two states, as columns: row r is one path of one cell. */
export interface Arc {
  from: number;
  to: number;
  loss: Float64Array;
  /** One column for each cost. */
  costs: readonly Float64Array[];
}

/** What a network has before its first block or after its last one. */
export interface Fixed {
  loss: number;
  costs: readonly number[];
}

/**
 * A layered graph whose routes from the stem to the head are the networks: numbers only, so that
 * the search knows nothing of cells and units. A state is the shape at a block boundary.
 */
export interface Graph {
  /** Number of states at every boundary: one at the stem, then after every block. */
  states: readonly number[];
  /** Arcs of every block. */
  stages: readonly (readonly Arc[])[];
  start: Fixed;
  /** By state after the last block. */
  ends: readonly Fixed[];
}

/** One step of a route: a row of an arc, the arc by its position in its block. */
export interface Step {
  arc: number;
  row: number;
}

/** A network; its loss is summed from the stem to the head, block after block. */
export interface Route {
  loss: number;
  steps: Step[];
}

/** By [boundary][state]. */
export type ByState = readonly (readonly number[])[];

type Better = (a: number, b: number) => number;

/** Folds the graph from its end: the best value of the rest of a network. */
export function foldRest(
  graph: Graph,
  endOf: (end: Fixed) => number,
  bestOf: (arc: Arc) => number,
  better: Better,
): ByState {
  let rest = graph.ends.map(endOf);
  const all = [rest];
  for (let block = graph.stages.length - 1; block >= 0; block--) {
    const before = new Array<number | undefined>(at(graph.states, block)).fill(undefined);
    for (const arc of at(graph.stages, block)) {
      const value = bestOf(arc) + at(rest, arc.to);
      const known = before[arc.from];
      before[arc.from] = known === undefined ? value : better(known, value);
    }
    rest = before.map((value) => value ?? Number.POSITIVE_INFINITY);
    all.unshift(rest);
  }
  return all;
}

/** Folds the graph from its start: the best value of a network's beginning. */
export function foldPast(
  graph: Graph,
  start: number,
  bestOf: (arc: Arc) => number,
  better: Better,
): ByState {
  let past = [start];
  const all = [past];
  for (const [block, arcs] of graph.stages.entries()) {
    const after = new Array<number | undefined>(at(graph.states, block + 1)).fill(undefined);
    for (const arc of arcs) {
      const value = at(past, arc.from) + bestOf(arc);
      const known = after[arc.to];
      after[arc.to] = known === undefined ? value : better(known, value);
    }
    past = after.map((value) => value ?? Number.POSITIVE_INFINITY);
    all.push(past);
  }
  return all;
}

/** Least and greatest of one cost: of the beginning and of the rest of a network. */
export interface CostRange {
  past: { low: ByState; high: ByState };
  rest: { low: ByState; high: ByState };
  /** Of whole networks. */
  low: number;
  high: number;
}

/** The range of the cost at a position of `costs`. */
export function costRange(graph: Graph, position: number): CostRange {
  const start = at(graph.start.costs, position);
  const endOf = (end: Fixed) => at(end.costs, position);
  const lowOf = (arc: Arc) => least(at(arc.costs, position));
  const highOf = (arc: Arc) => greatest(at(arc.costs, position));
  const rest = {
    low: foldRest(graph, endOf, lowOf, Math.min),
    high: foldRest(graph, endOf, highOf, Math.max),
  };
  const past = {
    low: foldPast(graph, start, lowOf, Math.min),
    high: foldPast(graph, start, highOf, Math.max),
  };
  return { past, rest, low: start + at(at(rest.low, 0), 0), high: start + at(at(rest.high, 0), 0) };
}

/** Loss of a network, summed from the stem to the head. */
export function lossOf(graph: Graph, steps: readonly Step[]): number {
  return totalOf(
    graph,
    steps,
    (arc) => arc.loss,
    (fixed) => fixed.loss,
  );
}

/** One cost of a network, summed likewise. */
export function costOf(graph: Graph, steps: readonly Step[], position: number): number {
  return totalOf(
    graph,
    steps,
    (arc) => at(arc.costs, position),
    (fixed) => at(fixed.costs, position),
  );
}

function totalOf(
  { stages, start, ends }: Graph,
  steps: readonly Step[],
  columnOf: (arc: Arc) => Float64Array,
  ofFixed: (fixed: Fixed) => number,
): number {
  let sum = ofFixed(start);
  let state = 0;
  for (const [block, { arc, row }] of steps.entries()) {
    const taken = at(at(stages, block), arc);
    sum += at(columnOf(taken), row);
    state = taken.to;
  }
  return sum + ofFixed(at(ends, state));
}

/** Least and greatest loss of a network. */
export function lossRange(graph: Graph): { low: number; high: number } {
  const fold = (of: (column: Float64Array) => number, better: Better) =>
    graph.start.loss +
    at(
      at(
        foldRest(
          graph,
          (end) => end.loss,
          (arc) => of(arc.loss),
          better,
        ),
        0,
      ),
      0,
    );
  return { low: fold(least, Math.min), high: fold(greatest, Math.max) };
}

/** The smallest number of a column. */
export function least(column: Float64Array): number {
  let value = Number.POSITIVE_INFINITY;
  for (let row = 0; row < column.length; row++) {
    value = Math.min(value, column[row] as number);
  }
  return value;
}

/** The largest number of a column. */
export function greatest(column: Float64Array): number {
  let value = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < column.length; row++) {
    value = Math.max(value, column[row] as number);
  }
  return value;
}
