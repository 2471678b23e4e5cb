import type { CostAxis, Solution } from '@blockwise/dna';
import type { Context } from './context.ts';
import { refuse } from './refuse.ts';
import { searchingOf } from './searching.ts';
import { requireLatency, weights } from './solve-options.ts';

type Axis = 'loss' | CostAxis;

interface FrontAsked {
  readonly x: Axis;
  readonly y: Axis;
  readonly lambdas?: readonly number[] | null | undefined;
  readonly latencyTableId?: string | undefined;
}

/** All networks of a search that no other beats on both axes, by ascending x. */
export async function searchFront(
  searchId: string,
  { x, y, lambdas, latencyTableId }: FrontAsked,
  context: Pick<Context, 'ratings' | 'database' | 'solver'>,
): Promise<Solution[]> {
  if (x === y) refuse('BAD_INPUT', 'The two axes must differ.', ['y']);
  const searching = await searchingOf(searchId, latencyTableId, context);
  if (x === 'latencyMs') requireLatency(searching, ['x']);
  if (y === 'latencyMs') requireLatency(searching, ['y']);
  const { space, task, losses } = searching;
  const options = weights(lambdas, searching);
  return context.solver.run('paretoFront', space, task, losses, { x, y }, options);
}
