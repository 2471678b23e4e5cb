import { countSearches, listSearches, type SearchFilter as SearchConditions } from '@blockwise/db';
import { builder } from './builder.ts';
import { SearchStateEnum } from './enums.ts';
import { optionalRowId, rowIds } from './global-id.ts';
import { orderInput } from './order-input.ts';
import { connection, connectionOf, pageArgs, pageSize } from './paging.ts';
import { SearchObject } from './refs.ts';

const SearchConnection = connectionOf('Search', SearchObject);

export const SearchFilter = builder.inputType('SearchFilter', {
  description: 'Which searches: every condition has to hold; all that you may see if empty.',
  fields: (t) => ({
    teams: t.idList({ description: 'Of one of these teams.' }),
    states: t.field({ type: [SearchStateEnum], description: 'In one of these states.' }),
    text: t.string({ description: 'Whose name has this in it, in any case.' }),
    tags: t.stringList({ description: 'That have all these tags.' }),
    datasetHash: t.string({ description: 'On this data set, as far as you may see it.' }),
    createdAfter: t.field({ type: 'DateTime', description: 'Asked for at this time or later.' }),
    createdBefore: t.field({ type: 'DateTime', description: 'Asked for before this time.' }),
    createdBy: t.id({ description: 'Started by this account.' }),
  }),
});

/** @throws DomainError BAD_INPUT for ids of other things */
export function toSearchFilter(
  filter: typeof SearchFilter.$inferInput | null | undefined,
): SearchConditions {
  const { teams, createdBy, ...rest } = filter ?? {};
  return {
    ...rest,
    teamIds: rowIds(teams, 'Team', ['filter', 'teams']),
    createdBy: optionalRowId(createdBy, 'User', ['filter', 'createdBy']),
  };
}

const SearchOrder = orderInput('Search', 'searches', {
  CREATED_AT: 'When they were asked for; DESC if no direction is given.',
  FINISHED_AT: 'When they ended, unfinished ones last; DESC if no direction is given.',
  NAME: 'Name; ASC if no direction is given.',
  BEST_TOP1:
    'Test accuracy of their best network that you may see, those without one last; DESC if no ' +
    'direction is given.',
});

builder.queryFields((t) => ({
  searches: t.field({
    type: SearchConnection,
    description: 'Searches that you may see, the newest first if nothing else is asked for.',
    args: {
      filter: t.arg({ type: SearchFilter, description: 'Which of them.' }),
      orderBy: t.arg({ type: SearchOrder, description: 'Sorting.' }),
      ...pageArgs(t, 20),
    },
    resolve: async (_root, { filter, orderBy, first, after }, context) => {
      const { database, loaders, viewer } = context;
      const which = { reader: viewer.reader, filter: toSearchFilter(filter) };
      const page = await listSearches(database, {
        ...which,
        ...(orderBy ? { orderBy } : {}),
        ...{ after, first: pageSize(first, 20) },
      });
      for (const { node } of page.edges) loaders.search.prime(node.id, node);
      return connection(page, () => countSearches(database, which));
    },
  }),
}));
