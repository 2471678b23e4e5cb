/** Share of all that either has which both have, 0..1; 1 for two empty sets. */
export function jaccard<T>(a: Iterable<T>, b: Iterable<T>): number {
  const [ofA, ofB] = [new Set(a), new Set(b)];
  const all = new Set([...ofA, ...ofB]).size;
  return all === 0 ? 1 : (ofA.size + ofB.size - all) / all;
}
