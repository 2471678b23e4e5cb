import { builder } from './builder.ts';

export const CutObject = builder.objectRef<{ channels: number; size: number }>('Cut').implement({
  description: "Shape of a network's feature map at a cut point.",
  fields: (t) => ({
    channels: t.exposeInt('channels', { description: 'Channels of the feature map.' }),
    size: t.exposeInt('size', { description: 'Height and width of the feature map, pixels.' }),
  }),
});
