import { printEncoding } from '@blockwise/dna';
import { type RunnerUp, runnerUpsOf } from '../runner-ups.ts';
import { builder } from './builder.ts';
import { encodingTold } from './choice.ts';
import { NetworkObject } from './refs.ts';
import { AxisEnum } from './spec-enums.ts';

const RunnerUpObject = builder.objectRef<RunnerUp>('RunnerUp').implement({
  description:
    'What a layer of a network could have been: the same network with another operation there.',
  fields: (t) => ({
    block: t.int({
      description: 'Number of the block, from 1.',
      resolve: ({ block }) => block + 1,
    }),
    layer: t.int({
      description: 'Number of the layer in its block, from 1.',
      resolve: ({ layer }) => layer + 1,
    }),
    op: t.exposeString('op', {
      description: "The operation in the grammar, as the cell's `ops` prints it.",
    }),
    path: t.string({
      description: 'The path of the cell with it.',
      resolve: ({ candidate }) => candidate.path,
    }),
    encoding: t.string({
      description: encodingTold,
      resolve: ({ choices }) => printEncoding(choices),
    }),
    loss: t.float({
      description: 'Rating of that path; less is better.',
      resolve: ({ candidate }) => candidate.loss,
    }),
    error: t.float({
      nullable: true,
      description: "Half width of its 95% confidence interval, as a candidate's `error`.",
      resolve: ({ candidate }) => candidate.error,
    }),
    rank: t.int({
      description: 'Place of that path in its cell by `loss`; 1 is the best.',
      resolve: ({ candidate }) => candidate.rank,
    }),
    gap: t.float({
      description: "`loss` less the rating of the network's own path; below 0 it rates better.",
      resolve: ({ candidate, chosen }) => candidate.loss - chosen.loss,
    }),
    relativeGap: t.float({
      nullable: true,
      description: "`gap` over the rating of the network's own path; null where that is 0.",
      resolve: ({ candidate, chosen }) =>
        chosen.loss === 0 ? null : (candidate.loss - chosen.loss) / chosen.loss,
    }),
    params: t.field({
      type: 'BigInt',
      description: 'Learnable scalars of the whole network with this operation.',
      resolve: ({ cost }) => cost.params,
    }),
    macs: t.field({
      type: 'BigInt',
      description: 'Multiply-accumulates per image of the whole network with this operation.',
      resolve: ({ cost }) => cost.macs,
    }),
    flopsTool: t.field({
      type: 'BigInt',
      description: "The same in the convention of the DNA paper's tables.",
      resolve: ({ cost }) => cost.flopsTool,
    }),
    activationBytes: t.field({
      type: 'BigInt',
      description: 'Bytes of all feature maps of one image, of the whole network.',
      resolve: ({ cost }) => cost.activationBytes,
    }),
    latencyMs: t.exposeFloat('latencyMs', {
      nullable: true,
      description:
        'Milliseconds for one image, of the whole network, by the newest measured latency table; ' +
        'null where there is none.',
    }),
    breaks: t.field({
      type: [AxisEnum],
      description: "Costs whose bounds in the search's specification that network does not keep.",
      resolve: ({ breaks }) => [...breaks],
    }),
  }),
});

builder.objectField(NetworkObject, 'runnerUps', (t) =>
  t.field({
    type: [RunnerUpObject],
    nullable: true,
    description:
      'What every layer could have been: for each, every other operation of its cell, with the gap in ' +
      "rating and what the network would cost; by block, layer and the cell's `ops`. Null where its " +
      'search may not be seen.',
    resolve: async (network, _args, { loaders, canReadSearch }) =>
      (await canReadSearch(network.searchId)) ? runnerUpsOf(network, loaders) : null,
  }),
);
