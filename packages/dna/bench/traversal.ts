import { releasedTraversal } from '../src/search/released-traversal.ts';
import { exactLoss, shortfall, traversalInstances } from '../src/search/traversal-instances.ts';

/** The released search and the exact one on the same instances. */
interface TraversalRow {
  readonly sizes: string;
  readonly instances: number;
  /** Instances in which the released search does not find the best network. */
  readonly misses: number;
  /** Mean over all instances, of the range of losses. */
  readonly meanShortfall: number;
  readonly mostShortfall: number;
  readonly releasedMs: number;
  readonly exactMs: number;
}

const instances = 40;
/**
 * Not those of `dna-multi`, 288 to 16,848 paths in a block: of such an instance the nested loops are
 * not through after a minute, where the exact search takes about a second.
 */
const sizes = [
  [12, 24, 24, 36, 48],
  [36, 96, 96, 96, 96],
];

/** Compares on synthetic instances of five blocks. */
export function benchTraversal(): TraversalRow[] {
  // Warms up the compiler.
  traversalInstances(instances, [6, 6, 6, 6, 6]).map(exactLoss);
  return sizes.map((list) => {
    const all = traversalInstances(instances, list);
    const exactStart = performance.now();
    const best = all.map(exactLoss);
    const exactMs = performance.now() - exactStart;
    const releasedStart = performance.now();
    const found = all.map(({ blocks, budget }) => releasedTraversal(blocks, budget));
    const releasedMs = performance.now() - releasedStart;
    const shortfalls = all.map((instance, i) =>
      shortfall(instance, found[i]?.loss ?? Number.POSITIVE_INFINITY, best[i] ?? Number.NaN),
    );
    return {
      sizes: list.join(' × '),
      instances,
      misses: shortfalls.filter((share) => share > 1e-12).length,
      meanShortfall: shortfalls.reduce((sum, share) => sum + share, 0) / instances,
      mostShortfall: Math.max(...shortfalls),
      releasedMs: releasedMs / instances,
      exactMs: exactMs / instances,
    };
  });
}
