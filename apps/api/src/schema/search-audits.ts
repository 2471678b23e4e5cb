import { builder } from './builder.ts';
import { JobStateEnum } from './enums.ts';
import { orderInput } from './order-input.ts';
import { connectionOf, ownedConnection, pageArgs } from './paging.ts';
import { AuditObject, SearchObject } from './refs.ts';

const AuditConnection = connectionOf('RankingAudit', AuditObject);

const RankingAuditFilter = builder.inputType('RankingAuditFilter', {
  description: 'Which ranking audits of a search: those that satisfy all of it.',
  fields: (t) => ({
    states: t.field({ type: [JobStateEnum], description: 'In one of these states.' }),
  }),
});

const RankingAuditOrder = orderInput('RankingAudit', 'ranking audits of a search', {
  CREATED_AT: 'When they were asked for; ASC if no direction is given.',
  FINISHED_AT: 'When they ended, unfinished ones last; DESC if no direction is given.',
  NAME: 'Name; ASC if no direction is given.',
});

builder.objectField(SearchObject, 'audits', (t) =>
  t.field({
    type: AuditConnection,
    description: 'Its ranking audits, oldest first if nothing else is asked for.',
    args: {
      filter: t.arg({ type: RankingAuditFilter, description: 'Which of them.' }),
      orderBy: t.arg({
        type: RankingAuditOrder,
        description: 'Sorting; the oldest first if not given.',
      }),
      ...pageArgs(t, 20),
    },
    resolve: ({ id }, { filter, ...page }, { loaders }) =>
      ownedConnection(loaders.auditsOfSearch, id, { ...page, filter: filter ?? undefined }, 20),
  }),
);
