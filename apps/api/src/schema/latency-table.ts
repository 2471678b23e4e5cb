import { builder } from './builder.ts';
import { JobObject, LatencyTableObject, SearchObject } from './refs.ts';

const LayerLatencyObject = builder
  .objectRef<{ key: string; milliseconds: number }>('LayerLatency')
  .implement({
    description: 'The measured time of one layer at one width and size.',
    fields: (t) => ({
      key: t.exposeString('key', {
        description:
          'The layer in the grammar, then channels and height that enter: `ir_k3_s2_e6_c24_se0.25@16x112`.',
      }),
      milliseconds: t.exposeFloat('milliseconds', {
        description: 'Median time for one image.',
      }),
    }),
  });

builder.node(LatencyTableObject, {
  description: "Measured times of every layer of a search's space on one device.",
  id: { resolve: (table) => table.id },
  loadWithoutCache: (id, { loaders }) => loaders.latencyTable.load(id),
  fields: (t) => ({
    spec: t.field({
      type: 'JSON',
      description: 'How it is measured: engine, batch and repeats.',
      resolve: (table) => table.spec,
    }),
    engine: t.string({
      nullable: true,
      description: 'Tensor engine; null until measured.',
      resolve: ({ measured }) => measured?.engine,
    }),
    device: t.string({
      nullable: true,
      description: 'What it computed on; null until measured.',
      resolve: ({ measured }) => measured?.device,
    }),
    batch: t.int({
      nullable: true,
      description: 'Images per timed pass; null until measured.',
      resolve: ({ measured }) => measured?.batch,
    }),
    layers: t.field({
      type: [LayerLatencyObject],
      description: 'A time for each layer at each width and size; empty until measured.',
      resolve: ({ measured }) =>
        Object.entries(measured?.milliseconds ?? {}).map(([key, milliseconds]) => ({
          key,
          milliseconds,
        })),
    }),
    job: t.field({
      type: JobObject,
      nullable: true,
      description: 'The job that measures it.',
      resolve: (table, _args, { loaders }) => loaders.jobOfLatencyTable(table),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked for.' }),
    measuredAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was measured.',
      resolve: ({ measured }) => measured?.measuredAt,
    }),
    search: t.field({
      type: SearchObject,
      description: 'The search whose space was measured.',
      resolve: (table, _args, { loaders }) => loaders.requireSearch(table.searchId),
    }),
  }),
});
