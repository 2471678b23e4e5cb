import type { CandidateRow, LatencyTableRow, NetworkRow } from '@blockwise/db';
import {
  assemble,
  type CellChoice,
  type Constraints,
  type Cost,
  type CostAxis,
  costAxes,
  networkCost,
  networkLatency,
  opsOf,
  printOp,
} from '@blockwise/dna';
import type { Loaders } from './loaders.ts';
import { ratedChoice } from './rated-choice.ts';
import { cachedSpace } from './space-cache.ts';

/** A network with the operation of one of its layers changed. */
export interface RunnerUp {
  /** From 0, as are layers. */
  readonly block: number;
  readonly layer: number;
  /** In the grammar, as the cell's `ops` prints it. */
  readonly op: string;
  /** The path of its cell with this operation, as it was rated. */
  readonly candidate: CandidateRow;
  /** The path that the network has there, as it was rated. */
  readonly chosen: CandidateRow;
  /** Of the whole network with this operation. */
  readonly choices: readonly CellChoice[];
  readonly cost: Cost;
  /** By the newest measured table; null where there is none. */
  readonly latencyMs: number | null;
  /** Costs of the search's specification whose bounds the network would break. */
  readonly breaks: readonly CostAxis[];
}

/**
 * Every network that differs from this one in the operation of one layer: by block, layer and the
 * order of the cell's operations. One statement reads all their ratings.
 */
export async function runnerUpsOf(network: NetworkRow, loaders: Loaders): Promise<RunnerUp[]> {
  const { searchId } = network;
  const [{ spec }, { size, classes }, latency] = await Promise.all([
    loaders.requireSearch(searchId),
    loaders.requireDataset(searchId),
    newestLatency(searchId, loaders),
  ]);
  const space = cachedSpace(spec.space);
  const task = { inputSize: size, classes: classes.length };
  const changes = network.choices.flatMap((own, block) =>
    own.path.flatMap((ownOp, layer) =>
      opsOf(space, block).flatMap((op, index) =>
        index === ownOp
          ? []
          : [{ block, layer, op, own, changed: { ...own, path: own.path.with(layer, index) } }],
      ),
    ),
  );
  return Promise.all(
    changes.map(async ({ block, layer, op, own, changed }) => {
      const [candidate, chosen] = await Promise.all([
        ratedChoice(searchId, block, changed, loaders),
        ratedChoice(searchId, block, own, loaders),
      ]);
      const choices = network.choices.with(block, changed);
      const other = assemble(space, choices);
      const cost = networkCost(other, task);
      const latencyMs = latency && networkLatency(other, task, latency);
      const breaks = brokenBounds({ ...cost, latencyMs }, spec.constraints);
      return {
        ...{ block, layer, op: printOp(op), candidate, chosen },
        ...{ choices, cost, latencyMs, breaks },
      };
    }),
  );
}

async function newestLatency(
  searchId: string,
  { latencyTablesOfSearch }: Loaders,
): Promise<LatencyTableRow['measured']> {
  const { edges } = await latencyTablesOfSearch.page(searchId, {
    filter: { measured: true },
    orderBy: { field: 'CREATED_AT', direction: 'DESC' },
    first: 1,
  });
  return edges[0]?.node.measured ?? null;
}

function brokenBounds(
  costs: Readonly<Record<CostAxis, number | null>>,
  constraints: Constraints,
): CostAxis[] {
  return costAxes.filter((axis) => {
    const { min = -Infinity, max = Infinity } = constraints[axis] ?? {};
    const cost = costs[axis];
    return cost !== null && (cost < min || cost > max);
  });
}
