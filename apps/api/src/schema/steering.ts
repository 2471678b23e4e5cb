import { pauseSearch, resumeSearch, retryJob, setPriority } from '@blockwise/db';
import { subject } from '../rights/subject.ts';
import { builder } from './builder.ts';
import { SearchPriorityEnum } from './enums.ts';
import { JobObject, SearchObject } from './refs.ts';

const PauseSearchInput = builder.inputType('PauseSearchInput', {
  description: 'What to pause.',
  fields: (t) => ({ search: t.id({ required: true, description: 'Id of the search.' }) }),
});

const ResumeSearchInput = builder.inputType('ResumeSearchInput', {
  description: 'What to let go on.',
  fields: (t) => ({ search: t.id({ required: true, description: 'Id of the search.' }) }),
});

const RetryJobInput = builder.inputType('RetryJobInput', {
  description: 'What to try again.',
  fields: (t) => ({ job: t.id({ required: true, description: 'Id of the failed job.' }) }),
});

const SetPriorityInput = builder.inputType('SetPriorityInput', {
  description: 'Which search, and its priority.',
  fields: (t) => ({
    search: t.id({ required: true, description: 'Id of the search.' }),
    priority: t.field({
      type: SearchPriorityEnum,
      required: true,
      description: 'Before or behind which others.',
    }),
  }),
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
  retryJob: t.field({
    type: JobObject,
    description:
      'Has the job tried again that a search failed by, and the search go on with all that was ' +
      'cancelled because of it, from their checkpoints. What is finished is not done again. CONFLICT ' +
      'unless the job and its search are FAILED.',
    args: {
      input: t.arg({ type: RetryJobInput, required: true, description: 'What to try again.' }),
    },
    resolve: async (_root, { input }, context) => {
      const { id } = await subject(context, 'Job', input.job, ['job']);
      return retryJob(context.database, context.queue, id);
    },
  }),
  setPriority: t.field({
    type: SearchObject,
    description:
      "Moves the waiting jobs of a search before or behind other searches' jobs, and those that it " +
      'will have. What is under way goes on. CONFLICT when the search failed or was cancelled.',
    args: {
      input: t.arg({ type: SetPriorityInput, required: true, description: 'Which, and where.' }),
    },
    resolve: async (_root, { input: { search, priority } }, context) => {
      const { id } = await subject(context, 'Search', search, ['search']);
      return setPriority(context.database, context.queue, { searchId: id, priority });
    },
  }),
}));
