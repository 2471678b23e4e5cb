import { pathCount, pathFromIndex } from '../paths.ts';
import type { Random } from '../random.ts';
import type { Rating, SearchSpace } from '../types.ts';

/**
 * Ratings of a whole space for tests and the benchmark: `many` drawn at random for every path;
 * `sized` as trained cells have them, every layer's operation lowering the loss, the larger ones
 * more, with a little noise.
 */
export function syntheticRatings(
  space: SearchSpace,
  random: Random,
  kind: 'many' | 'sized',
): Rating[] {
  return space.blocks.flatMap(({ cells, ops }, block) =>
    cells.map(({ layers, channels }, cell) => {
      const length = pathCount(space, block, cell);
      if (kind === 'many') {
        return { block, cell, losses: Float64Array.from({ length }, () => random.next()) };
      }
      const gains = Array.from({ length: layers }, () =>
        ops.map(
          ({ kernel, expansion }) =>
            0.01 * (expansion + kernel) * (0.6 + 0.8 * random.next()) * layers ** -0.5,
        ),
      );
      const base = 1 - 0.03 * layers - 0.0005 * channels + 0.02 * random.next();
      const losses = Float64Array.from({ length }, (_, path) =>
        pathFromIndex(space, block, cell, path).reduce(
          (loss, op, layer) => loss - (gains[layer]?.[op] ?? 0),
          base + 0.003 * random.normal(),
        ),
      );
      return { block, cell, losses };
    }),
  );
}
