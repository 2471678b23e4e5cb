import type { Visibility } from '@blockwise/contracts';
import type { ApiTypes } from './builder.ts';
import { VisibilityEnum } from './enums.ts';
import { SearchObject } from './refs.ts';

interface Row {
  readonly searchId: string;
  readonly visibility: Visibility | null;
}

type Fields = Pick<
  PothosSchemaTypes.ObjectFieldBuilder<PothosSchemaTypes.ExtendDefaultTypes<ApiTypes>, Row>,
  'field'
>;

/** Fields of what belongs to a search, but may be seen by others than the search. */
export function searchParts(t: Fields) {
  return {
    visibility: t.field({
      type: VisibilityEnum,
      nullable: true,
      description: 'Who may see it; null: whoever may see its search.',
      resolve: ({ visibility }) => visibility,
    }),
    search: t.field({
      type: SearchObject,
      nullable: true,
      description: 'The search that it is of; null where that may not be seen.',
      resolve: ({ searchId }, _args, { loaders }) => loaders.search.load(searchId),
    }),
  };
}
