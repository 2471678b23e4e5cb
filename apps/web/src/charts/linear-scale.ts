/** Maps a value linearly onto pixels. */
export interface LinearScale {
  (value: number): number;
  readonly domain: readonly [number, number];
}

/** A scale over all `values`, with a little room at both ends; one equal value gets room too. */
export function scaleLinear(
  values: readonly number[],
  range: readonly [number, number],
): LinearScale {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) [low, high] = [0, 1];
  const room = high > low ? (high - low) * 0.04 : Math.abs(high) * 0.1 || 1;
  const domain = [low - room, high + room] as const;
  const factor = (range[1] - range[0]) / (domain[1] - domain[0]);
  const scale = (value: number) => range[0] + (value - domain[0]) * factor;
  return Object.assign(scale, { domain });
}

/** Round values inside the domain, at most `most` of them: steps of 1, 2 or 5 times a power of ten. */
export function ticks([low, high]: readonly [number, number], most = 9): number[] {
  const finest = 10 ** (Math.floor(Math.log10(high - low)) - 1);
  const steps = [1, 2, 5, 10, 20, 50, 100].map((multiple) => multiple * finest);
  const inside = (step: number) => Math.floor(high / step) - Math.ceil(low / step) + 1;
  const step = steps.find((each) => inside(each) <= most) ?? high - low;
  return Array.from({ length: inside(step) }, (_, i) => (Math.ceil(low / step) + i) * step);
}
