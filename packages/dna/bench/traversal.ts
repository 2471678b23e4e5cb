import { releasedTraversal } from '../src/search/released-traversal.ts';
import { exactLoss, shortfall, traversalInstances } from '../src/search/traversal-instances.ts';

/**
 * Partial models of the five blocks. Not those of `dna-multi`, 288 to 16,848 paths in a block: of
 * such an instance the released search's nested loops are not through after a minute, where the
 * exact search takes about a second.
 */
const sizes = [36, 96, 96, 96, 96];
const instances = 40;

/** How a search is run, and what is to be said of its answers. */
export interface Search {
  readonly run: () => void;
  readonly note: string | null;
}

/** The released traversal search or the exact one, on the same synthetic instances of five blocks. */
export function openTraversal(kind: 'released' | 'exact'): Search {
  const all = traversalInstances(instances, sizes);
  if (kind === 'exact') {
    return { run: () => void all.map(exactLoss), note: null };
  }
  const release = () => all.map(({ blocks, budget }) => releasedTraversal(blocks, budget));
  const missed = release().filter((found, i) => {
    const instance = all[i] as (typeof all)[number];
    const loss = found?.loss ?? Number.POSITIVE_INFINITY;
    return shortfall(instance, loss, exactLoss(instance)) > 1e-12;
  });
  return {
    run: () => void release(),
    note: `misses the best network of ${missed.length} of ${instances} instances`,
  };
}
