import { cancelSearch } from '@blockwise/db';
import { subject } from '../rights/subject.ts';
import { startSearch } from '../start-search.ts';
import { type ApiTypes, builder } from './builder.ts';
import { VisibilityEnum } from './enums.ts';
import { SearchObject } from './refs.ts';
import { SearchSpecInput } from './search-spec.ts';

type InputFields = PothosSchemaTypes.InputFieldBuilder<
  PothosSchemaTypes.ExtendDefaultTypes<ApiTypes>,
  'InputObject'
>;

/** What is searched, for whom: of the input that starts it and of the one that only checks. */
export function searchInputFields(t: InputFields) {
  return {
    team: t.id({
      description: 'Id of the team that it belongs to; needed by who is in several.',
    }),
    visibility: t.field({
      type: VisibilityEnum,
      description: 'Who may see it and what it finds; TEAM if not given.',
    }),
    searchSpace: t.id({
      description:
        "Id of a saved space whose text is the specification's `space`, which is then left out.",
    }),
    tags: t.stringList({ description: 'Words to find it by, as `updateSearch` takes them.' }),
    spec: t.field({
      type: SearchSpecInput,
      required: true,
      description: 'Everything that is needed to run the search.',
    }),
  };
}

export const StartSearchInput = builder.inputType('StartSearchInput', {
  description: 'What to search.',
  fields: (t) => ({
    ...searchInputFields(t),
    idempotencyKey: t.string({
      description:
        'Any text of up to 200 characters. A second call with the same key answers the first ' +
        'search again and starts nothing; CONFLICT when its specification is another one.',
    }),
  }),
});

const CancelSearchInput = builder.inputType('CancelSearchInput', {
  description: 'What to cancel.',
  fields: (t) => ({
    search: t.id({ required: true, description: 'Id of the search.' }),
  }),
});

builder.mutationFields((t) => ({
  startSearch: t.field({
    type: SearchObject,
    description:
      'Checks a specification, stores it as a search and enqueues its first job. A wrong ' +
      'specification is refused before anything is stored: BAD_INPUT or SPEC_INVALID with ' +
      '`extensions.path` (and every fault in `extensions.issues`), SPACE_SYNTAX, SPACE_MISFIT, ' +
      'INFEASIBLE, NOT_FOUND or NOT_READY (a teacher of another search).',
    args: {
      input: t.arg({ type: StartSearchInput, required: true, description: 'What to search.' }),
    },
    resolve: (_root, { input }, context) => startSearch(input, context),
  }),
  cancelSearch: t.field({
    type: SearchObject,
    description:
      'Cancels a search and its unfinished jobs; finished results stay. CONFLICT when the search ' +
      'has already ended otherwise.',
    args: {
      input: t.arg({ type: CancelSearchInput, required: true, description: 'What to cancel.' }),
    },
    resolve: async (_root, { input }, context) => {
      const { id } = await subject(context, 'Search', input.search, ['search']);
      return cancelSearch(context.database, context.queue, id);
    },
  }),
}));
