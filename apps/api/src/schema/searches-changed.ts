import type { SearchChanges } from '@blockwise/db';
import { followSearches, readSearches } from '../events/searches-follow.ts';
import { maxEventsPage } from '../limits.ts';
import { whileAllowed } from '../rights/while-allowed.ts';
import { builder } from './builder.ts';
import { encodeGlobalId } from './global-id.ts';
import { pageSize } from './paging.ts';
import { SearchObject } from './refs.ts';
import { SearchFilter, toSearchFilter } from './search-list.ts';

const ChangedSearchesObject = builder.objectRef<SearchChanges>('ChangedSearches').implement({
  description: 'Searches of a list that have changed since a cursor.',
  fields: (t) => ({
    searches: t.field({
      type: [SearchObject],
      description: 'Each once, as it is now, however often it has changed; new ones too.',
      resolve: ({ searches }) => [...searches],
    }),
    gone: t.idList({
      description:
        'Ids of searches that do not belong to the list any more: the filter leaves them out now, or ' +
        'you may not see them any longer. Some may never have been in it.',
      resolve: ({ gone }) => gone.map((id) => encodeGlobalId('Search', id)),
    }),
    cursor: t.exposeString('cursor', {
      description: 'Where to go on, or the cursor given when there is nothing new.',
    }),
  }),
});

const afterTold =
  'Cursor of the last payload; if not given, nothing is told but the cursor: read the list then, and ' +
  'nothing is missed.';
const filterTold = 'Which searches; all that you may see if not given.';

builder.queryField('searchesChanged', (t) =>
  t.field({
    type: ChangedSearchesObject,
    description: 'Polling twin of the subscription of the same name: same cursors, same payload.',
    args: {
      after: t.arg.string({ description: afterTold }),
      filter: t.arg({ type: SearchFilter, description: filterTold }),
      first: t.arg.int({
        required: true,
        defaultValue: 100,
        description: 'Searches at most, 1 to 1,000.',
      }),
    },
    resolve: (_root, { after, filter, first }, { database, hub, viewer }) =>
      readSearches(
        { database, hub },
        {
          ...{ reader: viewer.reader, filter: toSearchFilter(filter), after: after ?? undefined },
          first: pageSize(first, 100, maxEventsPage),
        },
      ),
  }),
);

builder.subscriptionField('searchesChanged', (t) =>
  t.field({
    type: ChangedSearchesObject,
    description:
      'Searches of a list that appear or change in what the list shows: name, tags, visibility, state, ' +
      'phase, jobs that begin or end, and of RUNNING ones progress. First those that have changed ' +
      'since the cursor, then live, about one payload a second at most and none that is empty, but ' +
      'for the first where no cursor is given. No change is missed; a search that changes while its ' +
      'reader catches up may come once more. Never completes by itself.',
    args: {
      after: t.arg.string({ description: afterTold }),
      filter: t.arg({ type: SearchFilter, description: filterTold }),
    },
    subscribe: async (_root, { after, filter }, context) => {
      const { database, hub } = context;
      const conditions = toSearchFilter(filter);
      return whileAllowed(
        context,
        // Whoever may see less than before is told less with the next page.
        async () => undefined,
        followSearches({ database, hub }, after ?? undefined, () => ({
          reader: context.viewer.reader,
          filter: conditions,
        })),
      );
    },
    resolve: (changes, _args, context) => {
      // What was read for the payload before may have changed.
      context.forget();
      return changes;
    },
  }),
);
