/** Median with spread. */
export interface Spread {
  readonly median: number;
  /** Quartiles, the median's neighbours at 25% and 75%. */
  readonly lower: number;
  readonly upper: number;
  readonly least: number;
  readonly most: number;
}

/** @throws Error without values */
export function spreadOf(values: readonly number[]): Spread {
  if (values.length === 0) throw new Error('There is no spread of nothing.');
  const sorted = [...values].sort((a, b) => a - b);
  return {
    median: quantile(sorted, 0.5),
    lower: quantile(sorted, 0.25),
    upper: quantile(sorted, 0.75),
    least: sorted[0] as number,
    most: sorted.at(-1) as number,
  };
}

/**
 * Of what one took in each round against another: rounds are minutes apart, and what slows down the
 * machine in a round slows both. Rounds that only one of them had do not count.
 */
export function ratioOf(
  rounds: readonly (readonly number[])[],
  baseline: readonly (readonly number[])[],
): Spread {
  const ratios = rounds.flatMap((values, round) => {
    const others = baseline[round];
    if (values.length === 0 || others === undefined || others.length === 0) return [];
    return [spreadOf(values).median / spreadOf(others).median];
  });
  return spreadOf(ratios);
}

/** Between neighbours linearly, as R's default (Hyndman and Fan 1996, type 7). */
function quantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] as number;
  const above = sorted[Math.ceil(position)] as number;
  return below + (above - below) * (position - Math.floor(position));
}
