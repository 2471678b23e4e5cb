import { pauseSearch, resumeSearch } from '@blockwise/db';
import { subject } from '../rights/subject.ts';
import { builder } from './builder.ts';
import { SearchObject } from './refs.ts';

const PauseSearchInput = builder.inputType('PauseSearchInput', {
  description: 'What to pause.',
  fields: (t) => ({ search: t.id({ required: true, description: 'Id of the search.' }) }),
});

const ResumeSearchInput = builder.inputType('ResumeSearchInput', {
  description: 'What to let go on.',
  fields: (t) => ({ search: t.id({ required: true, description: 'Id of the search.' }) }),
});

builder.mutationFields((t) => ({
  pauseSearch: t.field({
    type: SearchObject,
    description:
      'Holds back the waiting jobs of a search. Those under way stop at their next step, with a ' +
      'checkpoint where they have them, which counts as no failure; one that ends before that keeps ' +
      'its result. CONFLICT when the search has ended; a paused one stays paused.',
    args: {
      input: t.arg({ type: PauseSearchInput, required: true, description: 'What to pause.' }),
    },
    resolve: async (_root, { input }, context) => {
      const { id } = await subject(context, 'Search', input.search, ['search']);
      return pauseSearch(context.database, context.queue, id);
    },
  }),
  resumeSearch: t.field({
    type: SearchObject,
    description:
      'Lets a paused search go on, its jobs from their checkpoints. CONFLICT when the search has ' +
      'ended; one that is not paused goes on anyway.',
    args: {
      input: t.arg({ type: ResumeSearchInput, required: true, description: 'What to let go on.' }),
    },
    resolve: async (_root, { input }, context) => {
      const { id } = await subject(context, 'Search', input.search, ['search']);
      return resumeSearch(context.database, context.queue, id);
    },
  }),
}));
