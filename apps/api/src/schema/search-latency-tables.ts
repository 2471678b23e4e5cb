import { builder } from './builder.ts';
import { orderInput } from './order-input.ts';
import { connectionOf, ownedConnection, pageArgs } from './paging.ts';
import { LatencyTableObject, SearchObject } from './refs.ts';

const LatencyTableConnection = connectionOf('LatencyTable', LatencyTableObject);

const LatencyTableFilter = builder.inputType('LatencyTableFilter', {
  description: 'Which latency tables of a search: those that satisfy all of it.',
  fields: (t) => ({
    engine: t.string({ description: 'Measured by this engine, such as `wasm`.' }),
    measured: t.boolean({
      description: 'True: those that are measured; false: those that are not yet.',
    }),
  }),
});

const LatencyTableOrder = orderInput('LatencyTable', 'latency tables of a search', {
  CREATED_AT: 'When they were asked for; ASC if no direction is given.',
  MEASURED_AT:
    'When they were measured, those still to be measured last; DESC if no direction is given.',
});

builder.objectField(SearchObject, 'latencyTables', (t) =>
  t.field({
    type: LatencyTableConnection,
    description:
      'Its latency tables, those still to be measured included; oldest first if nothing else is asked for.',
    args: {
      filter: t.arg({ type: LatencyTableFilter, description: 'Which of them.' }),
      orderBy: t.arg({
        type: LatencyTableOrder,
        description: 'Sorting; the oldest first if not given.',
      }),
      ...pageArgs(t, 20),
    },
    resolve: ({ id }, { filter, ...page }, { loaders }) =>
      ownedConnection(
        loaders.latencyTablesOfSearch,
        id,
        { ...page, filter: filter ?? undefined },
        20,
      ),
  }),
);
