/** A small map is about so wide, in CSS pixels. */
const wanted = 56;

/** Side of a small map: a whole number of pixels for each value, so that none looks wider than another. */
export function tileSide(size: number): number {
  return size * Math.max(1, Math.round(wanted / size));
}
