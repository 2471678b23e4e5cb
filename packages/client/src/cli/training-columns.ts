import type { TrainingDetailFragment } from '../generated/graphql.ts';
import type { Column } from './rows.ts';

interface Trained {
  readonly params: string;
  readonly macs: string;
  /** All by one recipe, with a seed each. */
  readonly retrainings: readonly TrainingDetailFragment[];
}

/** How a network was trained, and its costs as trained where they are others. */
export const trainingColumns: readonly Column<Trained>[] = [
  { key: 'recipe', of: ({ retrainings: [first] }) => first?.recipe.name },
  { key: 'differences', of: ({ retrainings: [first] }) => first && differencesOf(first) },
  { key: 'init', of: ({ retrainings: [first] }) => first?.init },
  { key: 'globalDistil', of: ({ retrainings: [first] }) => first && distilOf(first) },
  { key: 'trainedParams', of: (network) => otherCost(network, 'params') },
  { key: 'trainedMacs', of: (network) => otherCost(network, 'macs') },
];

/** As `epochs 300→2, batch 1024→8`. */
export function differencesOf({
  differences,
}: Pick<TrainingDetailFragment, 'differences'>): string {
  return differences
    .map(({ field, recipe, used }) => `${field} ${recipe ?? 'none'}→${used ?? 'none'}`)
    .join(', ');
}

/** As `epochs=1 learningRate=0.001`; undefined for none. */
function distilOf({ globalDistil }: TrainingDetailFragment): string | undefined {
  if (typeof globalDistil !== 'object' || globalDistil === null) return undefined;
  return Object.entries(globalDistil)
    .map(([field, value]) => `${field}=${value}`)
    .join(' ');
}

function otherCost(network: Trained, axis: 'params' | 'macs'): string | undefined {
  const trained = network.retrainings.map((training) => training[axis]).find(Boolean);
  return trained && trained !== network[axis] ? trained : undefined;
}
