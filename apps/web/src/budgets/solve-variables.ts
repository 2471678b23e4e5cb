import type { SolveQueryVariables } from '@blockwise/client';
import type { Wish } from './wish.ts';

/** The question for the best `networks` of a wish. */
export function solveVariables(
  search: string,
  { constraints, lambdas, minDistance }: Wish,
  networks: number,
): SolveQueryVariables {
  return { search, constraints, lambdas: lambdas?.slice() ?? null, minDistance, networks };
}
