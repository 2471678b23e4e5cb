/** Positions `from` to `to` (exclusive). */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * `total` things in the fewest consecutive parts of so many at most. Their sizes differ by one at
 * most: a part has batch statistics of its own, and a small rest would have poor ones.
 */
export function evenParts(total: number, most: number): Range[] {
  const parts = Math.ceil(total / most);
  return Array.from({ length: parts }, (_, i) => ({
    from: Math.floor((i * total) / parts),
    to: Math.floor(((i + 1) * total) / parts),
  }));
}
