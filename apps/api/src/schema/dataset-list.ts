import { countDatasets, listDatasets } from '@blockwise/db';
import { builder } from './builder.ts';
import { rowIds } from './global-id.ts';
import { orderInput } from './order-input.ts';
import { connection, connectionOf, pageArgs, pageSize } from './paging.ts';
import { DatasetObject } from './refs.ts';

const DatasetConnection = connectionOf('Dataset', DatasetObject);

const DatasetFilter = builder.inputType('DatasetFilter', {
  description: 'Which data sets; all that you may see if empty.',
  fields: (t) => ({
    teams: t.idList({ description: 'Of one of these teams.' }),
    hash: t.string({ description: 'With this hash.' }),
    kind: t.string({ description: 'From such a source, as `Dataset.kind` names it.' }),
  }),
});

const DatasetOrder = orderInput('Dataset', 'data sets', {
  CREATED_AT: 'When their search was asked for; DESC if no direction is given.',
  TRAIN_COUNT: 'Training images; DESC if no direction is given.',
  SIZE: 'Pixels across an image; DESC if no direction is given.',
});

builder.queryFields((t) => ({
  datasets: t.field({
    type: DatasetConnection,
    description:
      "Data sets that you may see, one for each search that has read its own: the newest search's first " +
      'if nothing else is asked for.',
    args: {
      filter: t.arg({ type: DatasetFilter, description: 'Which of them.' }),
      orderBy: t.arg({ type: DatasetOrder, description: 'Sorting.' }),
      ...pageArgs(t, 20),
    },
    resolve: async (_root, { filter, orderBy, first, after }, { database, viewer: { reader } }) => {
      const { teams, ...rest } = filter ?? {};
      const teamIds = rowIds(teams, 'Team', ['filter', 'teams']);
      const which = { reader, filter: { ...rest, teamIds } };
      const page = await listDatasets(database, {
        ...which,
        ...(orderBy ? { orderBy } : {}),
        ...{ after, first: pageSize(first, 20) },
      });
      return connection(page, () => countDatasets(database, which));
    },
  }),
}));
