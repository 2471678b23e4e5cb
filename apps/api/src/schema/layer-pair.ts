import type { LayerPair } from '@blockwise/dna';
import { builder } from './builder.ts';
import { LayerChangeEnum } from './spec-enums.ts';

export const LayerPairObject = builder.objectRef<LayerPair>('LayerPair').implement({
  description: 'One layer of two networks, by its place.',
  fields: (t) => ({
    block: t.exposeInt('block', { description: 'Number of the block, from 1; 0 for the stem.' }),
    layer: t.exposeInt('layer', { description: 'Number of the layer in its block, from 1.' }),
    a: t.exposeString('a', {
      nullable: true,
      description: 'The layer of the first network in the grammar; null where it has none.',
    }),
    b: t.exposeString('b', { nullable: true, description: 'That of the second.' }),
    differs: t.boolean({
      description: 'Whether they are two different layers.',
      resolve: ({ change }) => change !== 'kept',
    }),
    change: t.expose('change', {
      type: LayerChangeEnum,
      description: 'What became of the layer from the first network to the second.',
    }),
  }),
});
