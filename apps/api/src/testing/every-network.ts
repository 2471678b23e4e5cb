import {
  assemble,
  type CellChoice,
  networkCost,
  networkLatency,
  pathCount,
  pathFromIndex,
  printNetwork,
} from '@blockwise/dna';
import { space, task, testLatency, testLoss } from './test-search.ts';

/** A network of the test space with all that is known of it, counted one by one. */
export interface ListedNetwork {
  readonly choices: readonly CellChoice[];
  readonly architecture: string;
  readonly losses: readonly number[];
  readonly loss: number;
  readonly params: number;
  readonly macs: number;
  readonly flopsTool: number;
  readonly activationBytes: number;
  readonly latencyMs: number;
}

/** Every network of the test space. */
export function everyNetwork(): ListedNetwork[] {
  const [first = [], second = []] = space.blocks.map(({ cells }, block) =>
    cells.flatMap((_, cell) =>
      Array.from({ length: pathCount(space, block, cell) }, (_, index) => ({
        cell,
        path: pathFromIndex(space, block, cell, index),
        loss: testLoss(block, cell, index),
      })),
    ),
  );
  return first.flatMap((a) =>
    second.map((b) => {
      const network = assemble(space, [a, b]);
      const { params, macs, flopsTool, activationBytes } = networkCost(network, task);
      return {
        choices: [a, b].map(({ cell, path }) => ({ cell, path })),
        architecture: printNetwork(network),
        losses: [a.loss, b.loss],
        loss: a.loss + b.loss,
        params,
        macs,
        flopsTool,
        activationBytes,
        latencyMs: networkLatency(network, task, testLatency),
      };
    }),
  );
}
