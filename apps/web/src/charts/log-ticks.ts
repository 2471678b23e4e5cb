import { ticks } from './linear-scale.ts';
import type { NumberRange } from './number-range.ts';

/**
 * Round values of a logarithmic axis, at most `most`: powers of ten where there are enough, their
 * doubles and fives where there are few, evenly round values where not even those are.
 */
export function logTicks({ min, max }: NumberRange, most = 8): number[] {
  const inside = (values: readonly number[]) =>
    values.filter((value) => value >= min && value <= max);
  const first = Math.floor(Math.log10(min));
  const count = Math.ceil(Math.log10(max)) - first + 1;
  const powers = Array.from({ length: count }, (_, i) => Number(`1e${first + i}`));
  const tens = inside(powers);
  if (tens.length > most) {
    const every = Math.ceil(tens.length / most);
    return tens.filter((_, i) => i % every === 0);
  }
  const finer = inside(powers.flatMap((power) => [power, 2 * power, 5 * power]));
  if (finer.length >= 3 && finer.length <= most) return finer;
  return tens.length >= 3 ? tens : ticks([min, max], Math.min(most, 6));
}
