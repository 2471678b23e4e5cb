import { createRandom, type Path } from '@blockwise/dna';

/** A rated path of a block before the one that is trained. */
export interface PooledPath {
  /** 0-based cell of its block. */
  readonly cell: number;
  readonly path: Path;
}

/** The best paths of one block, best first. */
export type Pool = readonly PooledPath[];

/**
 * The paths that the blocks before run with in a step: one of each pool, drawn by itself. They depend
 * on (seed, number of blocks before, step) alone; cells of one block that share a seed share them.
 */
export function drawPrefix(pools: readonly Pool[], seed: number, step: number): PooledPath[] {
  const random = createRandom(seed, 'prefix', pools.length, step);
  return pools.map((pool, block) => entry(pool, random.int(Math.max(1, pool.length)), block));
}

/** The best path of every block before: what a cell is rated behind. */
export function bestPrefix(pools: readonly Pool[]): PooledPath[] {
  return pools.map((pool, block) => entry(pool, 0, block));
}

function entry(pool: Pool, index: number, block: number): PooledPath {
  const found = pool[index];
  if (found === undefined) throw new Error(`The pool of block ${block + 1} is empty.`);
  return found;
}
