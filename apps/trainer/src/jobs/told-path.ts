import { pathToIndex, type SearchSpace } from '@blockwise/dna';

/** Index of a path that the API names by one base-36 digit per layer. */
export function toldPathIndex(
  space: SearchSpace,
  { block, cell }: { readonly block: number; readonly cell: number },
  path: string,
): number {
  const digits = Array.from(path, (digit) => Number.parseInt(digit, 36));
  return pathToIndex(space, block, cell, digits);
}
