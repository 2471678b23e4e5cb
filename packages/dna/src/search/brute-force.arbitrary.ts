import fc from 'fast-check';
import { assemble } from '../assemble.ts';
import { latencyItems, networkLatency } from '../latency.ts';
import { networkCost, type Task } from '../network-cost.ts';
import { pathCount, pathFromIndex } from '../paths.ts';
import { createRandom } from '../random.ts';
import { parseSpace, printCell } from '../space-grammar.ts';
import type {
  Bounds,
  CellChoice,
  Constraints,
  CostAxis,
  LatencyTable,
  Rating,
  SearchSpace,
} from '../types.ts';
import { costAxes } from '../types.ts';

export const task: Task = { inputSize: 20, classes: 7 };

/** A small space with several cells of different widths in a block, and ratings of all of it. */
export interface Instance {
  space: SearchSpace;
  ratings: Rating[];
  lambdas: number[];
  latency: LatencyTable;
}

/** One network of an instance. */
export interface Rated {
  choices: CellChoice[];
  loss: number;
  cost: Record<CostAxis, number>;
}

const cell = fc.record({
  layers: fc.integer({ min: 1, max: 2 }),
  channels: fc.constantFrom(4, 6, 9, 12),
});

const opWords = ['ir_k3_e3_se0.25', 'ir_k5_e1', 'er_k3_e2', 'ir_k3_e6', 'bt_k3_e0.5'];

const block = fc.record({
  cells: fc.uniqueArray(cell, { minLength: 1, maxLength: 3, selector: textOf }),
  ops: fc.uniqueArray(fc.constantFrom(...opWords), { minLength: 1, maxLength: 3 }),
});

/** Losses are drawn from few values (ties), from many, or follow the size of the path. */
export const anyInstance: fc.Arbitrary<Instance> = fc
  .record({
    blocks: fc.array(block, { minLength: 1, maxLength: 3 }),
    lossKind: fc.constantFrom('few', 'many', 'sized'),
    seed: fc.integer(),
  })
  .map(({ blocks, lossKind, seed }) => {
    const random = createRandom('instance', seed);
    const statements = blocks.map(
      ({ cells, ops }) => `block ${cells.map(textOf).join(' ')} with ${ops.join(' ')}`,
    );
    const space = parseSpace(
      `stem cn_k3_s2_c5; ops ${opWords[0]}; ${statements.join('; ')}; head hd_c16`,
    );
    const lossAt = (index: number) => {
      if (lossKind === 'few') return random.int(4);
      return lossKind === 'many' ? random.next() : 2 + 0.2 * random.next() - 0.1 * index;
    };
    const ratings = space.blocks.flatMap(({ cells }, b) =>
      cells.map((_, c) => ({
        block: b,
        cell: c,
        losses: Float64Array.from({ length: pathCount(space, b, c) }, (__, i) => lossAt(i)),
      })),
    );
    const lambdas = space.blocks.map(() => (random.int(6) === 0 ? 0 : 0.5 + random.next()));
    return { space, ratings, lambdas, latency: anyTable(space, task, random) };
  });

/** Latencies in sixteenths of a millisecond, whose sums are exact in any order. */
export function anyTable(
  space: SearchSpace,
  on: Task,
  random: ReturnType<typeof createRandom>,
): LatencyTable {
  const items = latencyItems(space, on).map(({ key }) => [key, (1 + random.int(100)) / 16]);
  return { engine: 'wasm', device: 'a test', batch: 1, milliseconds: Object.fromEntries(items) };
}

/** Every network of an instance, costed one by one on the assembled network, by ascending loss. */
export function allNetworks({ space, ratings, lambdas, latency }: Instance): Rated[] {
  let partial: { choices: CellChoice[]; loss: number }[] = [{ choices: [], loss: 0 }];
  for (const b of space.blocks.keys()) {
    partial = partial.flatMap(({ choices, loss }) =>
      ratings
        .filter((rating) => rating.block === b)
        .flatMap(({ cell: chosen, losses }) =>
          Array.from(losses, (own, index) => ({
            choices: [...choices, { cell: chosen, path: pathFromIndex(space, b, chosen, index) }],
            loss: loss + (lambdas[b] ?? 1) * own,
          })),
        ),
    );
  }
  return partial
    .map(({ choices, loss }) => {
      const network = assemble(space, choices);
      const { params, macs, flopsTool, activationBytes } = networkCost(network, task);
      const latencyMs = networkLatency(network, task, latency);
      return { choices, loss, cost: { params, macs, flopsTool, activationBytes, latencyMs } };
    })
    .sort((a, b) => a.loss - b.loss);
}

/** A part of the range of each axis, from `min` to `max` of it; null: no bound. */
export type Shares = Partial<Record<CostAxis, Bounds | null>>;

const share = fc.double({ min: 0, max: 1, noNaN: true });

export const anyShares: fc.Arbitrary<Shares> = fc.record(
  Object.fromEntries(
    costAxes.map((axis) => [
      axis,
      fc.option(fc.record({ min: share, max: share }, { requiredKeys: [] }), { freq: 2 }),
    ]),
  ) as Record<CostAxis, fc.Arbitrary<Bounds | null>>,
  { requiredKeys: [] },
);

/** Bounds at the costs of networks of the instance, so that many of them lie on the edge. */
export function constraintsAt(networks: Rated[], shares: Shares, nudge: number): Constraints {
  const constraints: Constraints = {};
  for (const axis of costAxes) {
    const costs = networks.map(({ cost }) => cost[axis]).sort((a, b) => a - b);
    const at = (q: number) => (costs[Math.floor(q * (costs.length - 1))] ?? 0) + nudge;
    const { min, max } = shares[axis] ?? {};
    const [low, high] =
      min !== undefined && max !== undefined && min > max ? [max, min] : [min, max];
    constraints[axis] = {
      ...(low === undefined ? {} : { min: at(low) }),
      ...(high === undefined ? {} : { max: at(high) }),
    };
  }
  return constraints;
}

export function meets({ cost }: Pick<Rated, 'cost'>, constraints: Constraints): boolean {
  return costAxes.every((axis) => {
    const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } =
      constraints[axis] ?? {};
    return cost[axis] >= min && cost[axis] <= max;
  });
}

function textOf({ layers, channels }: { layers: number; channels: number }): string {
  return printCell({ layers, channels, stride: 1 });
}
