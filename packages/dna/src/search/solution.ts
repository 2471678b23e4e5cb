import { assemble } from '../assemble.ts';
import { networkCost, type Task } from '../network-cost.ts';
import { printNetwork } from '../network-grammar.ts';
import { pathFromIndex } from '../paths.ts';
import type { CellChoice, SearchSpace, Solution } from '../types.ts';
import { at } from './at.ts';
import { costOf, lossOf, type Step } from './graph.ts';
import type { Lattice } from './lattice.ts';
import { graphOf, measureOf } from './measure.ts';

/** A route through the lattice as a network. */
export function solutionOf(
  space: SearchSpace,
  task: Task,
  lattice: Lattice,
  steps: readonly Step[],
): Solution {
  const choices: CellChoice[] = steps.map(({ arc: position, row }, block) => {
    const arc = at(at(lattice.stages, block), position);
    const cell = at(arc.cell, row);
    return { cell, path: pathFromIndex(space, block, cell, at(arc.path, row)) };
  });
  const network = assemble(space, choices);
  const { params, macs, flopsTool, activationBytes } = networkCost(network, task);
  const isTimed = lattice.start.latencyMs !== undefined;
  const graph = graphOf(
    lattice,
    measureOf(lattice, 'loss'),
    isTimed ? [measureOf(lattice, 'latencyMs')] : [],
  );
  return {
    choices,
    loss: lossOf(graph, steps),
    cost: { params, macs, flopsTool, activationBytes },
    ...(isTimed && { latencyMs: costOf(graph, steps, 0) }),
    arch: printNetwork(network),
  };
}
