import { builder } from './builder.ts';
import { JobStateEnum } from './enums.ts';
import { orderInput } from './order-input.ts';
import { connectionOf, ownedConnection, pageArgs } from './paging.ts';
import { JobObject, SearchObject } from './refs.ts';
import { PhaseEnum } from './spec-enums.ts';

export const JobConnection = connectionOf('Job', JobObject);

const JobFilter = builder.inputType('JobFilter', {
  description: 'Which jobs of a search: those that satisfy all of it.',
  fields: (t) => ({
    kinds: t.field({ type: [PhaseEnum], description: 'That do one of these.' }),
    states: t.field({ type: [JobStateEnum], description: 'In one of these states.' }),
  }),
});

const JobOrder = orderInput('Job', 'jobs of a search', {
  PHASE: 'What they do, then the oldest first; ASC if no direction is given.',
  CREATED_AT: 'When they were enqueued first; DESC if no direction is given.',
  STARTED_AT:
    'When their first attempt began, those without one last; DESC if no direction is given.',
  FINISHED_AT: 'When they ended, unfinished ones last; DESC if no direction is given.',
});

builder.objectField(SearchObject, 'jobs', (t) =>
  t.field({
    type: JobConnection,
    description: 'Its jobs, by phase, then oldest first, if nothing else is asked for.',
    args: {
      filter: t.arg({ type: JobFilter, description: 'Which of them.' }),
      orderBy: t.arg({ type: JobOrder, description: 'Sorting; by phase if not given.' }),
      ...pageArgs(t, 50),
    },
    resolve: ({ id }, { filter, ...page }, { loaders, viewer: { reader } }) =>
      ownedConnection(loaders.jobsOfSearch, id, { ...page, filter: { ...filter, reader } }, 50),
  }),
);
