import { countEntries, listEntries } from '@blockwise/db';
import { builder } from './builder.ts';
import { connection, connectionOf, pageArgs, pageSize } from './paging.ts';
import { EntryObject, NetworkObject, SearchObject } from './refs.ts';

builder.node(EntryObject, {
  description: 'A retrained and tested network on the leaderboard.',
  id: { resolve: (entry) => entry.id },
  loadWithoutCache: (id, { loaders }) => loaders.entry.load(id),
  fields: (t) => ({
    rank: t.int({
      description: 'Place by `top1` over all entries; 1 is the best.',
      resolve: async (entry, _args, { loaders }) => {
        const rank = await loaders.rankOfEntry.load(entry.id);
        if (rank === null) {
          throw new Error(`the entry ${entry.id} has no rank`);
        }
        return rank;
      },
    }),
    top1: t.exposeFloat('top1', {
      description: 'Accuracy on the test part, 0 to 1: the mean over its trainings.',
    }),
    top1Deviation: t.exposeFloat('top1Deviation', {
      nullable: true,
      description: 'Standard deviation (n − 1) over its trainings; null for a single one.',
    }),
    params: t.expose('params', { type: 'BigInt', description: 'Learnable scalars.' }),
    macs: t.expose('macs', { type: 'BigInt', description: 'Multiply-accumulates per image.' }),
    teacherTop1: t.exposeFloat('teacherTop1', {
      nullable: true,
      description:
        "Accuracy of the search's teacher on the same images, 0 to 1; null when it could not be tested.",
    }),
    datasetHash: t.exposeString('datasetHash', {
      description: 'Content hash of the data set: figures compare only where it is equal.',
    }),
    datasetKind: t.string({
      description: 'Kind of the data set: `procedural`, `imageFolder` or `cifar10`.',
      resolve: async (entry, _args, { loaders }) =>
        (await loaders.requireDataset(entry.searchId)).kind,
    }),
    network: t.field({
      type: NetworkObject,
      description: 'The network.',
      resolve: (entry, _args, { loaders }) => loaders.requireNetwork(entry.networkId),
    }),
    search: t.field({
      type: SearchObject,
      description: 'The search that found the network.',
      resolve: (entry, _args, { loaders }) => loaders.requireSearch(entry.searchId),
    }),
    enteredAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was entered.' }),
  }),
});

const EntryConnection = connectionOf('Entry', EntryObject);

builder.queryField('leaderboard', (t) =>
  t.field({
    type: EntryConnection,
    description: 'Retrained and tested networks of all searches, the most accurate first.',
    args: pageArgs(t, 20),
    resolve: async (_root, { first, after }, { database }) =>
      connection(await listEntries(database, { after, first: pageSize(first, 20) }), () =>
        countEntries(database),
      ),
  }),
);
