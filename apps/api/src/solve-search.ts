import { DomainError, searchSpec } from '@blockwise/contracts';
import { printPath, solve } from '@blockwise/dna';
import type { Context } from './context.ts';
import { InputIssuesError } from './input-issues.ts';
import { maxSolveNetworks } from './limits.ts';
import type { ConstraintsInput } from './schema/constraints.ts';
import { withoutNulls } from './without-nulls.ts';
import { inputIssues } from './zod-issues.ts';

/** A network that the exact search found; blocks and cells counted from 0. */
export interface SolutionValue {
  readonly loss: number;
  readonly architecture: string;
  readonly choices: readonly { block: number; cell: number; path: string }[];
  readonly params: number;
  readonly macs: number;
  readonly flopsTool: number;
}

const constraintsSchema = searchSpec.shape.constraints;

/** The networks of least predicted loss under constraints, from stored ratings. */
export async function solveSearch(
  searchId: string,
  asked: { constraints: typeof ConstraintsInput.$inferInput; networks: number },
  { ratings }: Context,
): Promise<SolutionValue[]> {
  const { networks } = asked;
  if (networks < 1 || networks > maxSolveNetworks) {
    throw new DomainError(
      'BAD_INPUT',
      `networks must be from 1 to ${maxSolveNetworks}, not ${networks}.`,
      { path: ['networks'] },
    );
  }
  const constraints = constraintsSchema.safeParse(withoutNulls(asked.constraints));
  if (!constraints.success) {
    throw new InputIssuesError(
      'BAD_INPUT',
      inputIssues(constraints.error, (path) => ['constraints', ...path]),
    );
  }
  const { space, task, losses } = await ratings.of(searchId);
  const solutions = solve(space, task, losses, { constraints: constraints.data, topK: networks });
  return solutions.map(({ loss, arch, choices, cost }) => ({
    loss,
    architecture: arch,
    choices: choices.map(({ cell, path }, block) => ({ block, cell, path: printPath(path) })),
    ...cost,
  }));
}
