import type { CostAxis } from '../types.ts';
import type { Arc, Lattice, Step, Sums } from './lattice.ts';
import { at, type Limit, type RestRange, restRange } from './limits.ts';
import { type Prices, pricedBound, pricedLoss } from './multipliers.ts';

/** A partial network up to a block boundary; at the last boundary its sums include the head. */
export interface Label extends Sums {
  parent: Label | undefined;
  cell: number;
  index: number;
}

/** Everything that the passes over one lattice share. */
export interface Plan {
  lattice: Lattice;
  limits: readonly Limit[];
  ranges: RestRange[];
  prices: Prices;
  /** Steps of every arc with the least bound of a network that takes them, ascending. */
  ordered: { arc: Arc; steps: { step: Step; priced: number }[] }[][];
}

export function planOf(lattice: Lattice, limits: readonly Limit[], prices: Prices): Plan {
  return {
    lattice,
    limits,
    ranges: limits.map(({ axis }) => restRange(lattice, axis)),
    prices,
    ordered: lattice.stages.map((arcs, block) =>
      arcs.map((arc) => ({
        arc,
        steps: arc.steps
          .map((step) => ({
            step,
            priced: pricedLoss(step, prices) + at(at(prices.rest, block + 1), arc.to),
          }))
          .sort((a, b) => a.priced - b.priced),
      })),
    ),
  };
}

/** Thins the labels of one state of one boundary; may be called before all of them are there. */
export type Thin = (labels: Label[], boundary: number, state: number) => Label[];

/** What one pass may do. */
export interface Pass {
  /** Partial networks whose bound is above it are dropped. */
  ceiling: number;
  /** Steps that one label tries, the most promising first. */
  fanOut: number;
  /** Labels that the pass may make before it calls `tooMuch`, which must throw. */
  work: number;
  tooMuch(): never;
  thin: Thin;
}

/** Labels of one state that are collected before they are thinned in between. */
const crowd = 200_000;

/**
 * One pass of the dynamic programme over all blocks: every label times every step, without those
 * that cannot stay within the limits or whose bound is above `ceiling`.
 *
 * @returns complete networks, in no particular order
 */
export function advance(plan: Plan, pass: Pass): Label[] {
  const { lattice, ranges, limits, prices } = plan;
  const { ceiling, fanOut, work, thin } = pass;
  let made = 0;
  let labels: Label[][] = [[{ ...lattice.start, loss: 0, parent: undefined, cell: 0, index: 0 }]];
  for (const [block, arcs] of plan.ordered.entries()) {
    const boundary = block + 1;
    const next: Label[][] = Array.from({ length: at(lattice.states, boundary) }, () => []);
    for (const { arc, steps } of arcs) {
      let target = at(next, arc.to);
      const windows = limits.map(({ axis, min, max }, i) => {
        const { low, high } = at(ranges, i);
        return {
          axis,
          least: min - at(at(high, boundary), arc.to),
          most: max - at(at(low, boundary), arc.to),
        };
      });
      for (const label of at(labels, arc.from)) {
        const paid = paidSoFar(label, prices);
        let tried = 0;
        for (const { step, priced } of steps) {
          if (paid + priced > ceiling || tried === fanOut) break;
          if (!windows.every((w) => within(label[w.axis] + step[w.axis], w))) continue;
          target.push(extend(label, step));
          tried++;
        }
        made += tried;
        if (made > work) {
          pass.tooMuch();
        }
        if (target.length > crowd) {
          target = thin(target, boundary, arc.to);
        }
      }
      next[arc.to] = target;
    }
    labels = next.map((reached, state) => thin(reached, boundary, state));
  }
  return labels.flatMap((complete, state) => {
    const head = at(lattice.ends, state);
    return complete.map((label) => ({
      ...label,
      params: label.params + head.params,
      macs: label.macs + head.macs,
    }));
  });
}

/** Lower bound of the loss of every network within the limits that starts like `label`. */
export function boundOf(label: Label, prices: Prices, boundary: number, state: number): number {
  return paidSoFar(label, prices) + at(at(prices.rest, boundary), state);
}

function paidSoFar(label: Label, { limits, prices }: Prices): number {
  let value = label.loss;
  for (let i = 0; i < prices.length; i++) {
    const limit = at(limits, i);
    const price = at(prices, i);
    value += price * (label[limit.axis] - pricedBound(limit, price));
  }
  return value;
}

function within(cost: number, window: { least: number; most: number; axis: CostAxis }): boolean {
  return cost >= window.least && cost <= window.most;
}

function extend(label: Label, step: Step): Label {
  return {
    loss: label.loss + step.loss,
    params: label.params + step.params,
    macs: label.macs + step.macs,
    parent: label,
    cell: step.cell,
    index: step.index,
  };
}
