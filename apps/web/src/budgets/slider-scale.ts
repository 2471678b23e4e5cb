import type { Side } from './wish.ts';

/** Positions of a slider: enough to be smooth, so few that what was asked at one is soon known. */
export const mostPosition = 200;

export interface CostRange {
  readonly min: number;
  readonly max: number;
}

/** Where a bound without limit stands: where it shuts nothing out. */
export function openPosition(side: Side): number {
  return side === 'max' ? mostPosition : 0;
}

/** Position of a bound in a range; of none the open one. */
export function positionOf(value: number | undefined, side: Side, { min, max }: CostRange): number {
  if (value === undefined) return openPosition(side);
  if (max <= min) return side === 'max' ? 0 : mostPosition;
  const position = Math.round((mostPosition * (value - min)) / (max - min));
  // A limit at the end of the range is one all the same.
  const [least, most] = side === 'max' ? [0, mostPosition - 1] : [1, mostPosition];
  return Math.min(most, Math.max(least, position));
}

/** The bound at a position, with three digits that count; the ends of the range are exact. */
export function boundAt(
  position: number,
  side: Side,
  { min, max }: CostRange,
  isWhole: boolean,
): number | undefined {
  if (position === openPosition(side)) return undefined;
  if (position <= 0) return min;
  if (position >= mostPosition) return max;
  const value = Number((min + ((max - min) * position) / mostPosition).toPrecision(3));
  const inside = Math.min(max, Math.max(min, value));
  return isWhole ? Math.round(inside) : inside;
}
