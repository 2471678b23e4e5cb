import type { PlannedNetwork } from '@blockwise/db';
import {
  assemble,
  type CellChoice,
  networkCost,
  networkLatency,
  pathToIndex,
  printNetwork,
} from '@blockwise/dna';
import type { Searching } from '../searching.ts';

/** A network that is to be trained, with what is predicted of it by the specification's λ. */
export function planNetwork(
  { space, task, losses, lambdas, latency }: Searching,
  choices: readonly CellChoice[],
  seeds: readonly number[],
): PlannedNetwork {
  const network = assemble(space, choices);
  const { params, macs, flopsTool, activationBytes } = networkCost(network, task);
  const loss = choices.reduce((sum, { cell, path }, block) => {
    const rating = losses.find((each) => each.block === block && each.cell === cell);
    const own = rating?.losses[pathToIndex(space, block, cell, path)];
    if (own === undefined) throw new Error(`cell ${cell} of block ${block} has no rating`);
    return sum + (lambdas?.[block] ?? 1) * own;
  }, 0);
  return {
    params,
    macs,
    flopsTool,
    activationBytes,
    loss,
    architecture: printNetwork(network),
    choices,
    latencyMs: latency === undefined ? null : networkLatency(network, task, latency),
    seeds,
  };
}
