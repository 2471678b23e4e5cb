import type { RecipeDifference } from '@blockwise/contracts';
import { builder } from './builder.ts';

export const RecipeDifferenceObject = builder
  .objectRef<RecipeDifference>('RecipeDifference')
  .implement({
    description: 'A field in which a training differs from its recipe.',
    fields: (t) => ({
      field: t.exposeString('field', { description: 'Name of the field.' }),
      recipe: t.string({
        nullable: true,
        description: "The recipe's value; null where it says nothing.",
        resolve: ({ recipe }) => shown(recipe),
      }),
      used: t.string({
        nullable: true,
        description: 'The value that was used.',
        resolve: ({ used }) => shown(used),
      }),
    }),
  });

function shown(value: string | number | null): string | null {
  return value === null ? null : String(value);
}
