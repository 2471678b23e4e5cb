import { cancelSearch } from '@blockwise/db';
import { startSearch } from '../start-search.ts';
import { builder } from './builder.ts';
import { rowId } from './global-id.ts';
import { SearchObject } from './refs.ts';
import { SearchSpecInput } from './search-spec.ts';

export const StartSearchInput = builder.inputType('StartSearchInput', {
  description: 'What to search.',
  fields: (t) => ({
    spec: t.field({
      type: SearchSpecInput,
      required: true,
      description: 'Everything that is needed to run the search.',
    }),
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
    resolve: (_root, { input }, { database, queue }) =>
      cancelSearch(database, queue, rowId(input.search, 'Search', ['search'])),
  }),
}));
