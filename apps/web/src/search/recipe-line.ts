import type { RetrainingDetailFragment } from '@blockwise/client';
import { networkTraining } from '@blockwise/contracts';

type Trained = Pick<RetrainingDetailFragment, 'seed' | 'differences' | 'init' | 'globalDistil'> & {
  readonly recipe: { readonly name: string };
};

/**
 * How a network was trained, to be read beside its accuracy: `recipe small@1, epochs 6 instead of 12`.
 * Seeds are named when there are several; else only where the one differs from the recipe's.
 */
export function recipeLine(trainings: readonly Trained[]): string {
  if (trainings.length < 2) return sharedRecipe(trainings);
  return `${sharedRecipe(trainings)}, seeds ${trainings.map(({ seed }) => seed).join(', ')}`;
}

/** As {@link recipeLine}: what trainings of several networks have in common, whatever their seeds. */
export function sharedRecipe(trainings: readonly Trained[]): string {
  const [first] = trainings;
  if (first === undefined) return '';
  const several = trainings.length > 1;
  const shared = first.differences.filter(
    ({ field, used }) =>
      !(several && field === 'seed') &&
      trainings.every((each) =>
        each.differences.some((other) => other.field === field && other.used === used),
      ),
  );
  return [recipeWords(first.recipe, shared), ...beforehand(first)].join(', ');
}

/** A recipe, and where a training departs from it. */
export function recipeWords(
  { name }: Trained['recipe'],
  differences: Trained['differences'],
): string {
  return [
    `recipe ${name}`,
    ...differences.map(
      ({ field, used, recipe }) =>
        `${fieldWords(field)} ${used ?? 'any'} instead of ${recipe ?? 'any'}`,
    ),
  ].join(', ');
}

/** What no recipe has: weights to begin with, and what they learned before the labels. */
function beforehand({ init, globalDistil }: Trained): string[] {
  const distilled = networkTraining.shape.globalDistil.safeParse(globalDistil).data ?? null;
  return [
    ...(init === 'SUPERNET' ? ['begun with the supernets’ weights'] : []),
    ...(distilled === null
      ? []
      : [`distilled for ${distilled.epochs} ${distilled.epochs === 1 ? 'epoch' : 'epochs'}`]),
  ];
}

/** `learningRate` → `learning rate`. */
function fieldWords(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
