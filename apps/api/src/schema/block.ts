import { blocksOf } from '../blocks.ts';
import { builder } from './builder.ts';
import { joinedId, splitId } from './global-id.ts';
import { BlockObject, CellObject, SearchObject } from './refs.ts';

builder.node(BlockObject, {
  description: 'A stretch of the network between two cut points of the teacher.',
  id: { resolve: ({ searchId, index }) => joinedId(searchId, index) },
  loadWithoutCache: async (id, { loaders }) => {
    const [searchId, index] = splitId(id);
    const blocks = blocksOf(searchId, await loaders.cellsOfSearch.load(searchId));
    return blocks.find((block) => block.index === Number(index)) ?? null;
  },
  fields: (t) => ({
    index: t.int({
      description: 'Number of the block, from 1 as in the paper.',
      resolve: (block) => block.index + 1,
    }),
    cells: t.field({
      type: [CellObject],
      description: 'The depths and widths it can have: as many as the space has, a few.',
      resolve: ({ cells }) => [...cells],
    }),
    search: t.field({
      type: SearchObject,
      description: 'The search that it is of.',
      resolve: ({ searchId }, _args, { loaders }) => loaders.requireSearch(searchId),
    }),
  }),
});
