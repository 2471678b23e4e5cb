import { builder } from './builder.ts';
import { ChoiceObject, storedChoices } from './choice.ts';
import { JobStateEnum } from './enums.ts';
import { JobObject, NetworkObject, SearchObject } from './refs.ts';

builder.node(NetworkObject, {
  description: 'A network that a search found, to be trained from scratch and tested.',
  id: { resolve: (network) => network.id },
  loadWithoutCache: (id, { loaders }) => loaders.network.load(id),
  fields: (t) => ({
    predictedRank: t.exposeInt('rank', {
      description: 'Place among the found networks by `loss`; 1 is predicted best.',
    }),
    loss: t.exposeFloat('loss', {
      description: 'Predicted loss: the sum of the ratings of its cells.',
    }),
    architecture: t.exposeString('architecture', { description: 'The network in the grammar.' }),
    choices: t.field({
      type: [ChoiceObject],
      description: 'Cell and path of every block, first block first.',
      resolve: (network) => storedChoices(network.choices),
    }),
    params: t.expose('params', { type: 'BigInt', description: 'Learnable scalars.' }),
    macs: t.expose('macs', {
      type: 'BigInt',
      description: 'Multiply-accumulates of convolutions and linear layers per image.',
    }),
    flopsTool: t.expose('flopsTool', {
      type: 'BigInt',
      description: "The cost in the convention of the DNA paper's tables.",
    }),
    state: t.field({
      type: JobStateEnum,
      description: 'State of its retraining.',
      resolve: async (network, _args, { loaders }) =>
        (await loaders.retrainJobOfNetwork(network))?.state ?? 'QUEUED',
    }),
    top1: t.exposeFloat('top1', {
      nullable: true,
      description: 'Accuracy on the test part after retraining, 0 to 1; null until tested.',
    }),
    retrainJob: t.field({
      type: JobObject,
      nullable: true,
      description: 'The job that trains and tests it.',
      resolve: (network, _args, { loaders }) => loaders.retrainJobOfNetwork(network),
    }),
    seed: t.exposeInt('seed', { description: 'Seed of its retraining.' }),
    sha256: t.exposeString('sha256', {
      nullable: true,
      description: 'SHA-256 (hex) of the retrained weights; null until tested.',
    }),
    search: t.field({
      type: SearchObject,
      description: 'The search that found it.',
      resolve: (network, _args, { loaders }) => loaders.requireSearch(network.searchId),
    }),
  }),
});
