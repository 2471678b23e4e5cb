import { DomainError } from '@blockwise/contracts';
import { advance, boundOf, type Label, type Plan, planOf } from './advance.ts';
import { keepUndominated, type Place } from './dominance.ts';
import type { Lattice } from './lattice.ts';
import { at, type Limit, withoutIdle } from './limits.ts';
import { findPrices } from './multipliers.ts';

/** The quick passes: labels of one state that stay, and steps that each of them tries. */
const quickest = { width: 32, fanOut: 64 };
const beams = [quickest, { width: 512, fanOut: 256 }];
/** Partial networks that the exact pass may make before it gives up rather than run on and on. */
const mostWork = 500_000;
/** How many times more networks than asked for are looked through for those inside a window. */
const lookAhead = [1, 4];

/**
 * The `keep` networks of least loss within the limits, ascending: an exact dynamic programme over
 * the blocks with the boundary shape as state.
 *
 * A partial network is dropped only where that cannot change the answer: it cannot get back into
 * the limits, `keep` others of its state are no worse in loss and in every limited cost, or its
 * lower bound (see `Prices`) is above the `keep`-th best complete network that a quick pass found.
 *
 * Between a minimum and a maximum of the same cost few partial networks compare. There the side
 * that has no price is left out first: the best networks without it come in ascending order, so
 * the first `keep` of them that meet it are the answer.
 *
 * @param whenLost called if the quick passes find no network at all, before the exact pass
 * @throws DomainError BAD_INPUT where a window between minimum and maximum is too narrow
 */
export function bestNetworks(
  lattice: Lattice,
  limits: readonly Limit[],
  keep: number,
  whenLost?: () => void,
): Label[] {
  const active = withoutIdle(lattice, limits);
  if (active.every(isOneSided)) {
    return search(lattice, active, keep, whenLost);
  }
  const { prices } = pricesOf(lattice, active);
  const priced = active.map((limit, i) =>
    isOneSided(limit) ? limit : pricedSide(limit, at(prices, i)),
  );
  for (const factor of lookAhead) {
    const found = search(lattice, priced, keep * factor, whenLost);
    const inside = found.filter((label) => active.every((limit) => meets(label, limit)));
    if (inside.length >= keep || found.length < keep * factor) {
      return inside.slice(0, keep);
    }
  }
  return search(lattice, active, keep, whenLost);
}

/**
 * Whether the quickest pass finds a network within the limits. Where it finds none there may be one
 * all the same.
 */
export function isFoundQuickly(lattice: Lattice, limits: readonly Limit[]): boolean {
  const active = withoutIdle(lattice, limits);
  const thinned = withoutDominatedSteps(lattice, active, 1);
  const plan = planOf(thinned, active, pricesOf(thinned, active));
  const { width, fanOut } = quickest;
  const thin = thinToBeam(plan, 1, width);
  const ceiling = Number.POSITIVE_INFINITY;
  return advance(plan, { ...unlimited, ceiling, fanOut, thin }).length > 0;
}

function search(
  lattice: Lattice,
  limits: readonly Limit[],
  keep: number,
  whenLost?: () => void,
): Label[] {
  const thinned = withoutDominatedSteps(lattice, limits, keep);
  const plan = planOf(thinned, limits, pricesOf(thinned, limits));
  let found: Label[] = [];
  let ceiling = Number.POSITIVE_INFINITY;
  for (const { width, fanOut } of beams) {
    const thin = thinToBeam(plan, keep, width);
    found = least(advance(plan, { ...exact, ceiling, fanOut, thin }), keep);
    ceiling = Math.min(ceiling, ceilingOf(found, keep, plan));
  }
  if (found.length === 0) {
    whenLost?.();
  }
  return least(advance(plan, { ...exact, ceiling, thin: thinExactly(plan, keep) }), keep);
}

/** A least priced loss is always that of a step that no other one dominates. */
function pricesOf(lattice: Lattice, limits: readonly Limit[]) {
  return findPrices(withoutDominatedSteps(lattice, limits, 1), limits);
}

const exact = {
  fanOut: Number.POSITIVE_INFINITY,
  work: mostWork,
  tooMuch(): never {
    throw new DomainError(
      'BAD_INPUT',
      'Too many networks compete within these constraints to search them exactly. Widen the ' +
        'window between minimum and maximum, or ask for fewer networks.',
      { path: ['constraints'] },
    );
  },
};

/** For a pass that its beam limits. */
const unlimited = {
  work: Number.POSITIVE_INFINITY,
  tooMuch(): never {
    throw new Error('a pass without a limit reached it');
  },
};

function isOneSided({ min, max }: Limit): boolean {
  return !Number.isFinite(min) || !Number.isFinite(max);
}

function pricedSide({ axis, min, max }: Limit, price: number): Limit {
  return price > 0
    ? { axis, min: Number.NEGATIVE_INFINITY, max }
    : { axis, min, max: Number.POSITIVE_INFINITY };
}

function meets(label: Label, { axis, min, max }: Limit): boolean {
  return label[axis] >= min && label[axis] <= max;
}

/**
 * The loss that a partial network's bound must not exceed, with room for rounding: the sums in a
 * bound are as large as price times bound, of which fp64 keeps 15 digits.
 */
function ceilingOf(found: readonly Label[], keep: number, { prices }: Plan): number {
  const last = found[keep - 1];
  if (last === undefined) {
    return Number.POSITIVE_INFINITY;
  }
  const magnitude = prices.limits.reduce((sum, limit, i) => {
    const price = at(prices.prices, i);
    return sum + (price === 0 ? 0 : Math.abs(price) * Math.max(last[limit.axis], bounded(limit)));
  }, Math.abs(last.loss));
  return last.loss + 1e-10 * magnitude;
}

function bounded({ min, max }: Limit): number {
  return Math.max(...[min, max].filter(Number.isFinite).map(Math.abs));
}

function thinToBeam(plan: Plan, keep: number, beam: number) {
  return (labels: Label[], boundary: number, state: number): Label[] => {
    const kept = keepUndominated(labels, keep, placing(plan, boundary, state));
    return kept
      .map((label) => ({ label, bound: boundOf(label, plan.prices, boundary, state) }))
      .sort((a, b) => a.bound - b.bound)
      .slice(0, Math.max(beam, keep))
      .map(({ label }) => label);
  };
}

function thinExactly(plan: Plan, keep: number) {
  return (labels: Label[], boundary: number, state: number): Label[] =>
    keepUndominated(labels, keep, placing(plan, boundary, state));
}

/** How labels of one state compare, given what the rest of a network can still add. */
function placing({ limits, ranges }: Plan, boundary: number, state: number) {
  const axes = limits.map((limit, i) => {
    const { low, high } = at(ranges, i);
    return { ...limit, low: at(at(low, boundary), state), high: at(at(high, boundary), state) };
  });
  return (label: Label): Place =>
    placeAt(axes.map((axis) => coordinate(label[axis.axis], axis, axis.low, axis.high)));
}

/** Drops the steps that `keep` others between the same states dominate. */
function withoutDominatedSteps(lattice: Lattice, limits: readonly Limit[], keep: number): Lattice {
  const stages = lattice.stages.map((arcs) =>
    arcs.map((arc) => ({
      ...arc,
      steps: keepUndominated(arc.steps, keep, (step) =>
        placeAt(
          // What other blocks add is not known here, so no bound is met for sure.
          limits.map((limit) =>
            coordinate(step[limit.axis], limit, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
          ),
        ),
      ),
    })),
  );
  return { ...lattice, stages };
}

/**
 * Where a cost stands on its axis. Once the minimum is met whatever follows, less is better; once
 * the maximum is, more; once both are, all are equal; before that only equal costs compare.
 */
function coordinate(
  cost: number,
  { min, max }: Limit,
  low: number,
  high: number,
): { group: string; value: number } {
  const minMet = min === Number.NEGATIVE_INFINITY || cost + low >= min;
  const maxMet = max === Number.POSITIVE_INFINITY || cost + high <= max;
  const oneSided = !Number.isFinite(min) || !Number.isFinite(max);
  if (minMet && maxMet) {
    return { group: oneSided ? '' : 'free', value: Number.NEGATIVE_INFINITY };
  }
  if (minMet) {
    return { group: oneSided ? '' : 'less', value: cost };
  }
  if (maxMet) {
    return { group: oneSided ? '' : 'more', value: -cost };
  }
  return { group: String(cost), value: 0 };
}

function placeAt(axes: { group: string; value: number }[]): Place {
  const [first, second] = axes;
  const group = first?.group ?? '';
  return {
    group: second === undefined || second.group === '' ? group : `${group}/${second.group}`,
    // One axis alone goes to y: all in one column x, the comparison is a plain list.
    x: second?.value ?? 0,
    y: first?.value ?? 0,
  };
}

function least(labels: readonly Label[], keep: number): Label[] {
  return labels
    .toSorted((a, b) => a.loss - b.loss || a.macs - b.macs || a.params - b.params)
    .slice(0, keep);
}
