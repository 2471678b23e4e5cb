import type { SearchSpace } from '@blockwise/dna';
import type * as tf from '@tensorflow/tfjs-core';
import type { NamedArray, NamedArrays } from '../artifacts/named-arrays.ts';
import type { ForwardMode } from '../layers/forward-mode.ts';
import type { Parameter } from '../layers/parameter-store.ts';
import { CellSupernet, type FeatureShape } from '../supernet.ts';
import type { Pool, PooledPath } from './prefix-pool.ts';

export interface PrefixPlace {
  readonly space: SearchSpace;
  /** The image, then the teacher's features after every block, up to the last one needed. */
  readonly shapes: readonly FeatureShape[];
  /** Of every block before the one that is trained, the first block's first. */
  readonly pools: readonly Pool[];
}

/** The supernets of the blocks before one, as many as their pools need, run one after the other. */
export class PrefixSupernets {
  readonly #blocks: readonly ReadonlyMap<number, CellSupernet>[];

  /** @throws DomainError SPACE_MISFIT when a cell does not fit between the shapes. */
  constructor({ space, shapes, pools }: PrefixPlace, seed: string) {
    this.#blocks = pools.map((pool, block) => {
      const cells = [...new Set(pool.map(({ cell }) => cell))].sort((a, b) => a - b);
      return new Map(
        cells.map((cell): [number, CellSupernet] => [
          cell,
          new CellSupernet({
            space,
            block,
            cell,
            ...shapesOf(shapes, block),
            seed: `${seed}/${block}/${cell}`,
          }),
        ]),
      );
    });
  }

  /** The trained parameters of a path through all blocks, named `prefix.BLOCK.CELL.…`. */
  parameters(choice: readonly PooledPath[]): Parameter[] {
    return this.#runs(choice).flatMap(({ supernet, path }) =>
      supernet
        .weights(path)
        .map((parameter) => ({ ...parameter, name: prefixName(supernet, parameter.name) })),
    );
  }

  /** The image [batch, size, size, channels] → the features of the last block before. */
  forward(x: tf.Tensor4D, choice: readonly PooledPath[], mode: ForwardMode): tf.Tensor4D {
    return this.#runs(choice).reduce(
      (features, { supernet, path }) => supernet.forward(features, path, mode),
      x,
    );
  }

  /** Weights and running statistics, named `prefix.BLOCK.CELL.…`. */
  async read(): Promise<Map<string, NamedArray>> {
    const arrays = new Map<string, NamedArray>();
    for (const supernet of this.#all) {
      for (const [name, array] of await supernet.store.read()) {
        arrays.set(prefixName(supernet, name), array);
      }
    }
    return arrays;
  }

  /** @throws DomainError BAD_INPUT that lists missing and misshapen names. */
  write(arrays: NamedArrays): void {
    for (const supernet of this.#all) {
      const start = prefixName(supernet, '');
      const own = [...arrays].filter(([name]) => name.startsWith(start));
      supernet.store.write(new Map(own.map(([name, array]) => [name.slice(start.length), array])));
    }
  }

  dispose(): void {
    for (const supernet of this.#all) supernet.dispose();
  }

  get #all(): CellSupernet[] {
    return this.#blocks.flatMap((cells) => [...cells.values()]);
  }

  #runs(choice: readonly PooledPath[]) {
    if (choice.length !== this.#blocks.length) {
      throw new Error(`${this.#blocks.length} paths are needed, not ${choice.length}.`);
    }
    return choice.map(({ cell, path }, block) => {
      const supernet = this.#blocks[block]?.get(cell);
      if (supernet === undefined) throw new Error(`Cell ${cell} of block ${block} is in no pool.`);
      return { supernet, path };
    });
  }
}

/** What enters a block and what it learns to produce. */
export function shapesOf(
  shapes: readonly FeatureShape[],
  block: number,
): { teacherIn: FeatureShape; teacherOut: FeatureShape } {
  const [teacherIn, teacherOut] = [shapes[block], shapes[block + 1]];
  if (teacherIn === undefined || teacherOut === undefined) {
    throw new Error(`The shapes around block ${block} are needed; there are ${shapes.length}.`);
  }
  return { teacherIn, teacherOut };
}

/** Weights of a cell's own training, named as those of a block before another one (`s2`). */
export function asPrefix(
  place: { readonly block: number; readonly cell: number },
  weights: NamedArrays,
): Map<string, NamedArray> {
  return new Map([...weights].map(([name, array]) => [prefixName(place, name), array]));
}

function prefixName({ block, cell }: { block: number; cell: number }, name: string): string {
  return `prefix.${block}.${cell}.${name}`;
}
