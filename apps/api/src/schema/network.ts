import type { CutRow } from '@blockwise/db';
import { type Cost, networkCost, parseNetwork, printEncoding } from '@blockwise/dna';
import type { Loaders } from '../loaders.ts';
import { stateTogether } from '../network-state.ts';
import { ratedChoice } from '../rated-choice.ts';
import { builder } from './builder.ts';
import { ChoiceObject, encodingTold, storedChoices } from './choice.ts';
import { JobStateEnum, NetworkOriginEnum } from './enums.ts';
import {
  AuditObject,
  CandidateObject,
  ExportObject,
  JobObject,
  NetworkObject,
  RetrainingObject,
} from './refs.ts';
import { searchParts } from './search-parts.ts';

interface CutValue extends CutRow {
  readonly searchId: string;
}

const NetworkCutObject = builder.objectRef<CutValue>('NetworkCut').implement({
  description: "A network's weights cut out of the supernets.",
  fields: (t) => ({
    architecture: t.exposeString('architecture', {
      description: "The network in the grammar, with the teacher's widths between blocks.",
    }),
    top1: t.exposeFloat('top1', {
      nullable: true,
      description:
        "Accuracy on the test part without any training, 0 to 1, with the teacher's classifier; " +
        'null when it was not tested.',
    }),
    params: t.field({
      type: 'BigInt',
      description: 'Learnable scalars, with these widths.',
      resolve: async (cut, _args, { loaders }) => (await costOf(cut, loaders)).params,
    }),
    macs: t.field({
      type: 'BigInt',
      description: 'Multiply-accumulates per image, with these widths.',
      resolve: async (cut, _args, { loaders }) => (await costOf(cut, loaders)).macs,
    }),
    sha256: t.exposeString('sha256', { description: 'SHA-256 (hex) of the weights.' }),
  }),
});

async function costOf({ architecture, searchId }: CutValue, loaders: Loaders): Promise<Cost> {
  const { size, classes } = await loaders.requireDataset(searchId);
  return networkCost(parseNetwork(architecture), { inputSize: size, classes: classes.length });
}

builder.node(NetworkObject, {
  description: 'A network of the search space that is trained on labels and tested.',
  id: { resolve: (network) => network.id },
  loadWithoutCache: (id, { loaders }) => loaders.network.load(id),
  fields: (t) => ({
    origin: t.expose('origin', { type: NetworkOriginEnum, description: 'Why it is there.' }),
    predictedRank: t.exposeInt('rank', {
      nullable: true,
      description:
        'Place among the networks that the search chose, by `loss`; 1 is predicted best. Null for others.',
    }),
    loss: t.exposeFloat('loss', {
      description: 'Predicted loss: the weighted sum of the ratings of its cells.',
    }),
    architecture: t.exposeString('architecture', { description: 'The network in the grammar.' }),
    encoding: t.string({
      description: encodingTold,
      resolve: ({ choices }) => printEncoding(choices),
    }),
    choices: t.field({
      type: [ChoiceObject],
      description: 'Cell and path of every block, first block first.',
      resolve: (network) => storedChoices(network.choices),
    }),
    candidates: t.field({
      type: [CandidateObject],
      description: 'The rated path of every block, first block first.',
      resolve: ({ searchId, choices }, _args, { loaders }) =>
        Promise.all(choices.map((choice, block) => ratedChoice(searchId, block, choice, loaders))),
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
    activationBytes: t.expose('activationBytes', {
      type: 'BigInt',
      nullable: true,
      description: 'Bytes of all feature maps of one image.',
    }),
    latencyMs: t.exposeFloat('latencyMs', {
      nullable: true,
      description: 'Milliseconds for one image; null where no latency table was measured before.',
    }),
    state: t.field({
      type: JobStateEnum,
      description: 'State of its trainings together.',
      resolve: async (network, _args, { loaders }) =>
        stateTogether(await loaders.jobsOfNetwork(network)),
    }),
    top1: t.exposeFloat('top1', {
      nullable: true,
      description:
        'Accuracy on the test part, 0 to 1: the mean over its trainings; null until all are tested.',
    }),
    top1Deviation: t.exposeFloat('top1Deviation', {
      nullable: true,
      description: 'Standard deviation (n − 1) over its trainings; null for a single one.',
    }),
    retrainings: t.field({
      type: [RetrainingObject],
      description: 'Its trainings, one for every seed.',
      resolve: (network, _args, { loaders }) => loaders.retrainingsOfNetwork.load(network.id),
    }),
    sha256: t.exposeString('sha256', {
      nullable: true,
      description: 'SHA-256 (hex) of the weights of its first training; null until tested.',
    }),
    cut: t.field({
      type: NetworkCutObject,
      nullable: true,
      description: 'Its weights cut out of the supernets; null until asked for.',
      resolve: ({ cut, searchId }) => cut && { ...cut, searchId },
    }),
    cutJob: t.field({
      type: JobObject,
      nullable: true,
      description: 'The job that cuts its weights out; null until asked for.',
      resolve: async (network, _args, { loaders }) =>
        (await loaders.jobsOfNetwork(network)).findLast(({ kind }) => kind === 'cut'),
    }),
    exports: t.field({
      type: [ExportObject],
      description: 'Its weights as files, oldest first, as far as they were asked for.',
      resolve: (network, _args, { loaders }) => loaders.exportsOfNetwork(network),
    }),
    audit: t.field({
      type: AuditObject,
      nullable: true,
      description: 'The ranking audit that it was drawn for.',
      resolve: (network, _args, { loaders }) =>
        network.auditId === null ? null : loaders.audit.load(network.auditId),
    }),
    ...searchParts(t),
  }),
});
