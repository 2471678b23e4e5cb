import type { RetrainingDetailFragment } from '@blockwise/client';
import type { useTranslations } from 'next-intl';

type Trained = Pick<RetrainingDetailFragment, 'seed' | 'differences' | 'init' | 'globalDistil'> & {
  readonly recipe: { readonly name: string };
};
/** Texts of `recipe`. */
type Say = ReturnType<typeof useTranslations<'recipe'>>;

/**
 * How a network was trained, to be read beside its accuracy: `recipe small@1, epochs 6 instead of 12`.
 * Seeds are named when there are several; else only where the one differs from the recipe's.
 */
export function recipeLine(say: Say, trainings: readonly Trained[]): string {
  const shared = sharedRecipe(say, trainings);
  if (trainings.length < 2) return shared;
  return `${shared}, ${say('seeds', { seeds: trainings.map(({ seed }) => seed).join(', ') })}`;
}

/** As {@link recipeLine}: what trainings of several networks have in common, whatever their seeds. */
export function sharedRecipe(say: Say, trainings: readonly Trained[]): string {
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
  return [recipeWords(say, first.recipe, shared), ...beforehand(say, first)].join(', ');
}

/** A recipe, and where a training departs from it. */
export function recipeWords(
  say: Say,
  { name }: Trained['recipe'],
  differences: Trained['differences'],
): string {
  return [
    say('name', { name }),
    ...differences.map(({ field, used, recipe }) =>
      say('difference', {
        field: fieldWord(say, field),
        used: used ?? say('any'),
        recipe: recipe ?? say('any'),
      }),
    ),
  ].join(', ');
}

/** What no recipe has: weights to begin with, and what they learned before the labels. */
function beforehand(say: Say, { init, globalDistil }: Trained): string[] {
  // As the specification has it, whose type the API does not tell.
  const { epochs } = (globalDistil ?? {}) as { readonly epochs?: unknown };
  return [
    ...(init === 'SUPERNET' ? [say('supernet')] : []),
    ...(typeof epochs === 'number' ? [say('distilled', { epochs })] : []),
  ];
}

/** A field that has no word yet is called as the specification calls it. */
function fieldWord(say: Say, field: string): string {
  const key = `field.${field}` as Parameters<Say['has']>[0];
  return say.has(key) ? say(key as 'field.epochs') : field;
}
