import fc from 'fast-check';
import { assemble } from '../assemble.ts';
import { networkCost, type Task } from '../network-cost.ts';
import { pathCount, pathFromIndex } from '../paths.ts';
import { createRandom } from '../random.ts';
import { parseSpace, printCell } from '../space-grammar.ts';
import type { CellChoice, Cost, Rating, SearchSpace } from '../types.ts';

export const task: Task = { inputSize: 20, classes: 7 };

/** A small space with several cells of different widths in a block, and ratings of all of it. */
export interface Instance {
  space: SearchSpace;
  ratings: Rating[];
  lambdas: number[];
}

/** One network of an instance. */
export interface Rated {
  choices: CellChoice[];
  loss: number;
  cost: Cost;
}

const cell = fc.record({
  layers: fc.integer({ min: 1, max: 2 }),
  channels: fc.constantFrom(4, 6, 9, 12),
});

/** Losses are drawn from few values (ties), from many, or follow the size of the path. */
export const anyInstance: fc.Arbitrary<Instance> = fc
  .record({
    opCount: fc.integer({ min: 2, max: 3 }),
    blocks: fc.array(fc.uniqueArray(cell, { minLength: 1, maxLength: 3, selector: textOf }), {
      minLength: 1,
      maxLength: 3,
    }),
    lossKind: fc.constantFrom('few', 'many', 'sized'),
    seed: fc.integer(),
  })
  .map(({ opCount, blocks, lossKind, seed }) => {
    const random = createRandom('instance', seed);
    const ops = ['ir_k3_e3_se0.25', 'ir_k5_e1', 'ir_k3_e6'].slice(0, opCount).join(' ');
    const cells = blocks.map((block) => `block ${block.map(textOf).join(' ')}`).join(';');
    const space = parseSpace(`stem cn_k3_s2_c5; ops ${ops}; ${cells}; head hd_c16`);
    const lossAt = (index: number) => {
      if (lossKind === 'few') return random.int(4);
      return lossKind === 'many' ? random.next() : 2 + 0.2 * random.next() - 0.1 * index;
    };
    const ratings = space.blocks.flatMap((block, b) =>
      block.cells.map((_, c) => ({
        block: b,
        cell: c,
        losses: Float64Array.from({ length: pathCount(space, b, c) }, (__, i) => lossAt(i)),
      })),
    );
    return { space, ratings, lambdas: space.blocks.map(() => 0.5 + random.next()) };
  });

/** Every network of an instance, costed one by one on the assembled network, by ascending loss. */
export function allNetworks({ space, ratings, lambdas }: Instance): Rated[] {
  let partial: { choices: CellChoice[]; loss: number }[] = [{ choices: [], loss: 0 }];
  for (const block of space.blocks.keys()) {
    partial = partial.flatMap(({ choices, loss }) =>
      ratings
        .filter((rating) => rating.block === block)
        .flatMap(({ cell: chosen, losses }) =>
          Array.from(losses, (own, index) => ({
            choices: [
              ...choices,
              { cell: chosen, path: pathFromIndex(space, block, chosen, index) },
            ],
            loss: loss + (lambdas[block] ?? 1) * own,
          })),
        ),
    );
  }
  return partial
    .map(({ choices, loss }) => {
      const { params, macs, flopsTool } = networkCost(assemble(space, choices), task);
      return { choices, loss, cost: { params, macs, flopsTool } };
    })
    .sort((a, b) => a.loss - b.loss);
}

function textOf({ layers, channels }: { layers: number; channels: number }): string {
  return printCell({ layers, channels, stride: 1 });
}
