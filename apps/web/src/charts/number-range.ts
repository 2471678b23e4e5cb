/** From `min` to `max`, in the unit of an axis: what a chart shows of it, or what was chosen on it. */
export interface NumberRange {
  readonly min: number;
  readonly max: number;
}

/** Open on both sides; a range that is open on one side has this one's end there. */
export const anything: NumberRange = {
  min: Number.NEGATIVE_INFINITY,
  max: Number.POSITIVE_INFINITY,
};

/** The range that holds all finite `values`; undefined without one. */
export function rangeOf(values: Iterable<number>): NumberRange | undefined {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min > max ? undefined : { min, max };
}

/** With `share` of its length more at both ends; a range without length gets some. */
export function withRoom({ min, max }: NumberRange, share = 0.04): NumberRange {
  const room = max > min ? (max - min) * share : Math.abs(max) * 0.1 || 1;
  return { min: min - room, max: max + room };
}

/** Moved by `distance`, but not out of `all`, which is not shorter. */
export function panned(range: NumberRange, distance: number, all: NumberRange): NumberRange {
  const moved = Math.max(all.min - range.min, Math.min(all.max - range.max, distance));
  return { min: range.min + moved, max: range.max + moved };
}

/**
 * `factor` times as near (less than 1: further away), so that `about` stays where it is; null, which is
 * all, from where there is nothing more to see. Never nearer than `least` long.
 */
export function zoomed(
  range: NumberRange,
  factor: number,
  about: number,
  all: NumberRange,
  least: number,
): NumberRange | null {
  const length = Math.max(least, (range.max - range.min) / factor);
  if (length >= all.max - all.min) return null;
  const share = (about - range.min) / (range.max - range.min);
  const min = about - share * length;
  return panned({ min, max: min + length }, 0, all);
}
