import { DomainError } from '@blockwise/contracts';
import { assemble } from '../assemble.ts';
import { networkCost, type Task } from '../network-cost.ts';
import { printNetwork } from '../network-grammar.ts';
import { pathFromIndex } from '../paths.ts';
import type { CellChoice, Constraints, Rating, SearchSpace, Solution } from '../types.ts';
import type { Label } from './advance.ts';
import { bestNetworks } from './best.ts';
import { checkEachAlone, checkTogether, limitsOf } from './infeasible.ts';
import { tabulate } from './lattice.ts';

export interface SolveOptions {
  constraints: Constraints;
  /** How many networks to find, at least 1. */
  topK: number;
  /** Weight λ of each block's loss; all 1 where left out, as in the released search. */
  lambdas?: readonly number[];
}

/**
 * The topK networks of least Σ λ · loss within the constraints, by ascending loss: exact, in
 * double precision, costs counted on the final network (bounds are inclusive). Fewer than topK
 * are returned only where the constraints leave fewer. Replaces DNA's traversal search,
 * whose released form is a heuristic, by a dynamic programme over the blocks.
 *
 * @param ratings one for every cell of the space
 * @throws DomainError INFEASIBLE naming the constraint that is missed and by how much at least;
 *   NOT_READY, DIVERGED or BAD_INPUT where ratings or options are not complete; BAD_INPUT at
 *   `constraints` where a window between minimum and maximum is too narrow to search it exactly
 */
export function solve(
  space: SearchSpace,
  task: Task,
  ratings: readonly Rating[],
  options: SolveOptions,
): Solution[] {
  if (!Number.isInteger(options.topK) || options.topK < 1) {
    throw new DomainError('BAD_INPUT', 'The number of networks must be a whole number above 0.', {
      path: ['topK'],
    });
  }
  const limits = limitsOf(options.constraints);
  const lattice = tabulate(space, task, ratings, options.lambdas);
  checkEachAlone(lattice, limits);
  const explain = () => checkTogether(lattice, limits);
  const labels = bestNetworks(lattice, limits, options.topK, explain);
  if (labels.length === 0) {
    explain();
    throw new Error('bounds that can be met together were met by no network');
  }
  return labels.map((label) => solutionOf(space, task, label));
}

/** A complete label as a network. */
export function solutionOf(space: SearchSpace, task: Task, label: Label): Solution {
  const steps: Label[] = [];
  for (let step = label; step.parent !== undefined; step = step.parent) {
    steps.unshift(step);
  }
  const choices: CellChoice[] = steps.map(({ cell, index }, block) => ({
    cell,
    path: pathFromIndex(space, block, cell, index),
  }));
  const network = assemble(space, choices);
  const { params, macs, flopsTool } = networkCost(network, task);
  return {
    choices,
    loss: label.loss,
    cost: { params, macs, flopsTool },
    arch: printNetwork(network),
  };
}
