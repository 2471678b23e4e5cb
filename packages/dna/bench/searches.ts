import { openSolver, solverQuestions } from './solver.ts';
import { openTraversal, type Search } from './traversal.ts';

/** A search of the bench: a question of the solver, or one of two traversals. */
export function openSearch(name: string): Search {
  if (name === 'traversal-released') return openTraversal('released');
  if (name === 'traversal-exact') return openTraversal('exact');
  const question = solverQuestions.find((known) => known === name);
  if (question === undefined) throw new Error(`There is no search "${name}".`);
  return { run: openSolver(question), note: null };
}
