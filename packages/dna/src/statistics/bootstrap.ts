import type { Random } from '../random.ts';

/** A statistic with its 95% interval; null where it has no value. */
export interface Estimate {
  value: number | null;
  low: number | null;
  high: number | null;
}

/** Share of the resamples that an interval leaves out on each side. */
const tail = 0.025;

/** Lists of positions, each drawn `size` times with replacement from 0 to size − 1. */
export function drawResamples(size: number, count: number, random: Random): Uint32Array[] {
  return Array.from({ length: count }, () =>
    Uint32Array.from({ length: size }, () => random.int(size)),
  );
}

/**
 * Statistics of rows, each with its percentile bootstrap interval (Efron): the middle 95% of its
 * values on the resamples. Resamples on which a statistic has no value (NaN) are left out of its
 * interval; where these are half of them or more, it has none.
 *
 * @param statistics values by name, of the rows at these positions
 */
export function estimates<Name extends string>(
  rows: number,
  statistics: (positions: Uint32Array) => Record<Name, number>,
  resamples: readonly Uint32Array[],
): Record<Name, Estimate> {
  const all = Uint32Array.from({ length: rows }, (_, i) => i);
  const values = statistics(all);
  const drawn = resamples.map(statistics);
  const entries = Object.entries<number>(values).map(([name, value]) => {
    const ascending = drawn
      .map((one) => one[name as Name])
      .filter((one) => !Number.isNaN(one))
      .sort((a, b) => a - b);
    const hasInterval = !Number.isNaN(value) && 2 * ascending.length > resamples.length;
    return [
      name,
      {
        value: orNull(value),
        low: hasInterval ? quantile(ascending, tail) : null,
        high: hasInterval ? quantile(ascending, 1 - tail) : null,
      },
    ];
  });
  return Object.fromEntries(entries);
}

/** Linear between the nearest two of ascending values. */
function quantile(ascending: readonly number[], share: number): number {
  const place = share * (ascending.length - 1);
  const [below, above] = [ascending[Math.floor(place)] ?? 0, ascending[Math.ceil(place)] ?? 0];
  return below + (place - Math.floor(place)) * (above - below);
}

/** JSON knows no NaN. */
export function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
