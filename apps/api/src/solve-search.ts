import type { Solution } from '@blockwise/dna';
import type { Context } from './context.ts';
import { searchingOf } from './searching.ts';
import { type SolveAsked, solveOptions } from './solve-options.ts';

/** The networks of least predicted loss under constraints, from stored ratings. */
export async function solveSearch(
  searchId: string,
  asked: SolveAsked,
  context: Pick<Context, 'ratings' | 'database' | 'solver'>,
): Promise<Solution[]> {
  const searching = await searchingOf(searchId, asked.latencyTableId, context);
  const { space, task, losses } = searching;
  return context.solver.run('solve', space, task, losses, solveOptions(asked, searching));
}
