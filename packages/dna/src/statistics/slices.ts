/** From `min` to `max`, both included. */
export interface SliceRange {
  min: number;
  max: number;
}

/** Networks that a slice should hold at least, so that an order within it means anything. */
const fewest = 8;
const mostSlices = 5;

/**
 * Cuts networks into slices of about equal cost: by the given ranges, or into as many slices as
 * wanted with equally many networks each (equal costs stay together, so slices can differ a little
 * or be fewer). Where left open, up to 5 slices with at least 8 networks each.
 *
 * @returns the range and the positions of the networks of every slice, in ascending order of cost
 */
export function slicesOf(
  costs: readonly number[],
  wanted: readonly SliceRange[] | number = Math.min(mostSlices, Math.floor(costs.length / fewest)),
): { range: SliceRange; places: number[] }[] {
  const order = Array.from(costs.keys()).sort((a, b) => (costs[a] ?? 0) - (costs[b] ?? 0));
  if (typeof wanted !== 'number') {
    return wanted.map(({ min, max }) => ({
      range: { min, max },
      places: order.filter((place) => (costs[place] ?? 0) >= min && (costs[place] ?? 0) <= max),
    }));
  }
  const slices: { range: SliceRange; places: number[] }[] = [];
  for (let slice = 0, taken = 0; slice < wanted; slice++) {
    let end = Math.max(taken, Math.round(((slice + 1) * order.length) / wanted));
    while (end > 0 && end < order.length && costs[order[end] ?? 0] === costs[order[end - 1] ?? 0]) {
      end++;
    }
    const places = order.slice(taken, end);
    const [first, last] = [places[0], places.at(-1)];
    if (first !== undefined && last !== undefined) {
      slices.push({ range: { min: costs[first] ?? 0, max: costs[last] ?? 0 }, places });
    }
    taken = end;
  }
  return slices;
}
