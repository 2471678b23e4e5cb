import { type LayerRow, printNetwork } from '@blockwise/dna';
import {
  describeNetwork,
  describePublished,
  describeScaled,
  type NetworkDescription,
} from '../describe-network.ts';
import { builder } from './builder.ts';
import { CutObject } from './cut.ts';
import { checkedTask, taskArgs } from './task-args.ts';

const LayerCostObject = builder.objectRef<LayerRow>('LayerCost').implement({
  description: 'What one layer of a network costs, or one part of its head.',
  fields: (t) => ({
    part: t.string({
      description: '`stem`, `head`, or the number of the block from 1.',
      resolve: ({ part }) => (typeof part === 'number' ? String(part + 1) : part),
    }),
    layer: t.exposeString('name', {
      description: 'The layer in the grammar; of the head `conv`, `pool`, `hidden` and `fc`.',
    }),
    inChannels: t.exposeInt('inChannels', { description: 'Channels that enter.' }),
    inSize: t.exposeInt('inSize', { description: 'Height and width that enter, pixels.' }),
    outChannels: t.exposeInt('outChannels', { description: 'Channels that leave.' }),
    outSize: t.exposeInt('outSize', { description: 'Height and width that leave, pixels.' }),
    params: t.expose('params', { type: 'BigInt', description: 'Learnable scalars.' }),
    macs: t.expose('macs', { type: 'BigInt', description: 'Multiply-accumulates per image.' }),
    flopsTool: t.expose('flopsTool', {
      type: 'BigInt',
      description: "The cost in the convention of the DNA paper's tables.",
    }),
    activationBytes: t.expose('activationBytes', {
      type: 'BigInt',
      description: 'Bytes of the feature maps that it writes for one image.',
    }),
  }),
});

const NetworkDescriptionObject = builder
  .objectRef<NetworkDescription>('NetworkDescription')
  .implement({
    description: 'A network in the grammar with its costs for one image.',
    fields: (t) => ({
      name: t.exposeString('name', {
        nullable: true,
        description: 'Name of a published network; null for others.',
      }),
      architecture: t.string({
        description: 'The network in the grammar, as the printer writes it.',
        resolve: ({ network }) => printNetwork(network),
      }),
      inputSize: t.int({
        description: 'Height and width of the image, pixels.',
        resolve: ({ task }) => task.inputSize,
      }),
      classes: t.int({ description: 'Classes.', resolve: ({ task }) => task.classes }),
      params: t.field({
        type: 'BigInt',
        description: 'Learnable scalars.',
        resolve: ({ cost }) => cost.params,
      }),
      macs: t.field({
        type: 'BigInt',
        description: 'Multiply-accumulates of convolutions and linear layers per image.',
        resolve: ({ cost }) => cost.macs,
      }),
      flopsTool: t.field({
        type: 'BigInt',
        description: "The cost in the convention of the DNA paper's tables.",
        resolve: ({ cost }) => cost.flopsTool,
      }),
      activationBytes: t.field({
        type: 'BigInt',
        description: 'Bytes of all feature maps of one image, what a training keeps.',
        resolve: ({ cost }) => cost.activationBytes,
      }),
      cuts: t.field({
        type: [CutObject],
        resolve: ({ cuts }) => [...cuts],
        description: "Cut points as a teacher: the stem's output, then that of every block.",
      }),
      layers: t.field({
        type: [LayerCostObject],
        description: 'Costs by layer, the parts of the head last.',
        resolve: ({ cost }) => cost.layers,
      }),
    }),
  });

const architecture = 'A network in the grammar, or a name of `publishedNetworks`.';

builder.queryFields((t) => ({
  publishedNetworks: t.field({
    type: [NetworkDescriptionObject],
    description:
      "Published networks by timm's names, which a teacher's `architecture` takes, and DNA-a to DNA-d " +
      '(`dna_a`), networks of the space `dna-multi`.',
    args: taskArgs(t),
    resolve: (_root, task) => describePublished(checkedTask(task)),
  }),
  networkCost: t.field({
    type: NetworkDescriptionObject,
    description: 'What a network costs, by layer. SPACE_SYNTAX when it is none.',
    args: {
      architecture: t.arg.string({ required: true, description: architecture }),
      ...taskArgs(t),
    },
    resolve: (_root, { architecture, ...task }) => describeNetwork(architecture, checkedTask(task)),
  }),
  scaleNetwork: t.field({
    type: NetworkDescriptionObject,
    description:
      'A wider and deeper network (or a narrower and shallower one), scaled as EfficientNet: widths ' +
      'rounded to eights, depths up.',
    args: {
      architecture: t.arg.string({ required: true, description: architecture }),
      width: t.arg.float({
        required: true,
        defaultValue: 1,
        description: 'Factor on widths, 0.1 to 10.',
      }),
      depth: t.arg.float({
        required: true,
        defaultValue: 1,
        description: 'Factor on the layers of blocks, 0.1 to 10.',
      }),
      ...taskArgs(t),
    },
    resolve: (_root, { architecture, width, depth, ...task }) =>
      describeScaled(architecture, { width, depth }, checkedTask(task)),
  }),
}));
