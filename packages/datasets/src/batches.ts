import { createRandom } from '@blockwise/dna';

/**
 * The batches of one epoch: `indices` shuffled by (seed, epoch) and cut into pieces of `batch`.
 * Nothing is carried from epoch to epoch, so a resumed job recomputes exactly the epoch it was in.
 * With `dropLast` a shorter last piece is left out (batch-norm dislikes a batch of one).
 */
export function batchPlan(options: {
  readonly indices: Uint32Array;
  readonly batch: number;
  readonly seed: number | string;
  readonly epoch: number;
  readonly dropLast: boolean;
}): Uint32Array[] {
  const { batch, seed, epoch, dropLast } = options;
  if (!Number.isInteger(batch) || batch < 1) throw new Error(`batch ${batch} is not a count`);
  const order = options.indices.slice();
  const random = createRandom('batch-plan', seed, epoch);
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.int(i + 1);
    const swapped = order[i] as number;
    order[i] = order[j] as number;
    order[j] = swapped;
  }
  const batches: Uint32Array[] = [];
  for (let start = 0; start < order.length; start += batch) {
    if (dropLast && start + batch > order.length) break;
    batches.push(order.subarray(start, start + batch));
  }
  return batches;
}
