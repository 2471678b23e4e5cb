import type { TeacherRow } from '@blockwise/db';
import { builder } from './builder.ts';
import { TeacherObject } from './refs.ts';

const CutObject = builder.objectRef<TeacherRow['cuts'][number]>('Cut').implement({
  description: "Shape of the teacher's feature map at a cut point.",
  fields: (t) => ({
    channels: t.exposeInt('channels', { description: 'Channels of the feature map.' }),
    size: t.exposeInt('size', { description: 'Height and width of the feature map, pixels.' }),
  }),
});

TeacherObject.implement({
  description: 'The trained network whose features supervise every block of the search.',
  fields: (t) => ({
    architecture: t.exposeString('architecture', {
      description: 'The network in the grammar, as the specification wrote it.',
    }),
    params: t.expose('params', { type: 'BigInt', description: 'Learnable scalars.' }),
    macs: t.expose('macs', {
      type: 'BigInt',
      description: 'Multiply-accumulates of convolutions and linear layers per image.',
    }),
    top1: t.exposeFloat('top1', {
      description: 'Accuracy on the test part: share of images whose first guess is right, 0 to 1.',
    }),
    sha256: t.exposeString('sha256', { description: 'SHA-256 (hex) of the stored weights.' }),
    cuts: t.field({
      type: [CutObject],
      description: "Cut points: the stem's output, then the output of every block.",
      resolve: (teacher) => [...teacher.cuts],
    }),
  }),
});
