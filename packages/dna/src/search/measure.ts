import type { CostAxis } from '../types.ts';
import { at } from './at.ts';
import type { Graph } from './graph.ts';
import type { Lattice, LatticeArc } from './lattice.ts';

/** The loss or a cost. */
export type Axis = 'loss' | CostAxis;

/** A quantity that adds up along a network. */
export interface Measure {
  of(arc: LatticeArc, block: number): Float64Array;
  start: number;
  /** By state after the last block. */
  ends: readonly number[];
}

/** The loss or a cost of a lattice. */
export function measureOf(lattice: Lattice, axis: Axis): Measure {
  if (axis === 'loss') {
    return { of: (arc) => arc.loss, start: 0, ends: lattice.ends.map(() => 0) };
  }
  const known = <T>(value: T | undefined): T => {
    if (value === undefined) {
      throw new Error(`the lattice was tabulated without ${axis}`);
    }
    return value;
  };
  return {
    of: (arc) => known(arc.costs[axis]),
    start: known(lattice.start[axis]),
    ends: lattice.ends.map((end) => known(end[axis])),
  };
}

/** The measure with its sign turned. */
export function negative(measure: Measure): Measure {
  return {
    of: (arc, block) => measure.of(arc, block).map((value) => -value),
    start: -measure.start,
    ends: measure.ends.map((end) => -end),
  };
}

/** The lattice as a graph of one quantity to be made small and others that are bounded. */
export function graphOf(lattice: Lattice, loss: Measure, costs: readonly Measure[]): Graph {
  return {
    states: lattice.states,
    stages: lattice.stages.map((arcs, block) =>
      arcs.map((arc) => ({
        from: arc.from,
        to: arc.to,
        loss: loss.of(arc, block),
        costs: costs.map((cost) => cost.of(arc, block)),
      })),
    ),
    start: { loss: loss.start, costs: costs.map((cost) => cost.start) },
    ends: lattice.ends.map((_, state) => ({
      loss: at(loss.ends, state),
      costs: costs.map((cost) => at(cost.ends, state)),
    })),
  };
}
