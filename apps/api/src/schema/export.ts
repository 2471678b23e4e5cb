import { requestNetworkExport, requestTeacherExport } from '@blockwise/db';
import { artifactUrl } from '../http/artifact-routes.ts';
import { subject } from '../rights/subject.ts';
import { builder } from './builder.ts';
import { afterwardsTold } from './follow-up-words.ts';
import { optionalRowId } from './global-id.ts';
import {
  ExportFileObject,
  ExportObject,
  JobObject,
  NetworkObject,
  RetrainingObject,
  SearchObject,
} from './refs.ts';
import { ExportFormatEnum } from './spec-enums.ts';

const ExportSourceEnum = builder.enumType('ExportSource', {
  description: 'Which weights.',
  values: {
    TRAINED: { description: 'Of a training of the network.' },
    CUT: { description: 'Cut out of the supernets.' },
    TEACHER: { description: "Of the search's teacher." },
  } as const,
});

const NetworkWeightsEnum = builder.enumType('NetworkWeights', {
  description: "Which of a network's weights.",
  values: {
    TRAINED: { description: 'Of a training: the best one on the test part, unless one is named.' },
    CUT: { description: 'Cut out of the supernets; `cutWeights` does that first.' },
  } as const,
});

ExportFileObject.implement({
  description: 'A zip archive with a network in one format; each holds `network.json`.',
  fields: (t) => ({
    format: t.expose('format', { type: ExportFormatEnum, description: 'What is in it.' }),
    bytes: t.expose('bytes', { type: 'BigInt', description: 'Size of the archive.' }),
    sha256: t.exposeString('sha256', { description: 'SHA-256 (hex) of the archive.' }),
    url: t.string({
      description:
        'Where it is downloaded from within ten minutes: a path on the host of this API, signed. ' +
        'Whoever has it needs no sign-in; asking again gives a fresh one.',
      resolve: ({ sha256 }, _args, { links, viewer }) =>
        artifactUrl(links, sha256, viewer.principal?.userId ?? null),
    }),
  }),
});

builder.node(ExportObject, {
  description: 'Weights as files for other software.',
  id: { resolve: ({ id }) => id },
  loadWithoutCache: (id, { loaders }) => loaders.export.load(id),
  fields: (t) => ({
    source: t.expose('source', { type: ExportSourceEnum, description: 'Which weights.' }),
    architecture: t.exposeString('architecture', {
      description: 'The network that the weights fit, in the grammar.',
    }),
    weightsSha256: t.exposeString('weightsSha256', {
      description: 'SHA-256 (hex) of the weights as they are stored.',
    }),
    files: t.field({
      type: [ExportFileObject],
      description: 'An archive of every format; empty until they are made.',
      resolve: ({ files }) => [...files],
    }),
    job: t.field({
      type: JobObject,
      nullable: true,
      description: 'The job that makes them; the last one, where an earlier one failed.',
      resolve: (row, _args, { loaders }) => loaders.jobOfExport(row),
    }),
    network: t.field({
      type: NetworkObject,
      nullable: true,
      description: "The network; null where it is the search's teacher.",
      resolve: ({ networkId }, _args, { loaders }) =>
        networkId === null ? null : loaders.requireNetwork(networkId),
    }),
    retraining: t.field({
      type: RetrainingObject,
      nullable: true,
      description: 'The training that the weights are of.',
      resolve: ({ retrainingId }, _args, { loaders }) =>
        retrainingId === null ? null : loaders.retraining.load(retrainingId),
    }),
    search: t.field({
      type: SearchObject,
      nullable: true,
      description: 'The search that the network is of; null where that may not be seen.',
      resolve: ({ searchId }, _args, { loaders }) => loaders.requireSearch(searchId),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked for.' }),
  }),
});

const ExportNetworkInput = builder.inputType('ExportNetworkInput', {
  description: 'What to export.',
  fields: (t) => ({
    network: t.id({ required: true, description: 'Id of the network.' }),
    weights: t.field({
      type: NetworkWeightsEnum,
      required: true,
      defaultValue: 'TRAINED',
      description: 'Which weights.',
    }),
    retraining: t.id({ description: 'Of TRAINED weights: id of the training.' }),
  }),
});

const ExportTeacherInput = builder.inputType('ExportTeacherInput', {
  description: 'What to export.',
  fields: (t) => ({
    search: t.id({ required: true, description: 'Id of a complete search.' }),
  }),
});

const onceTold =
  ' The same weights are exported once: asking again answers the same, and begins anew only where ' +
  `the job failed or was cancelled.${afterwardsTold}`;

builder.mutationFields((t) => ({
  exportNetwork: t.field({
    type: ExportObject,
    description:
      "Makes a network's weights into files for PyTorch, ONNX, TensorFlow.js and as safetensors. " +
      `NOT_READY when it has no such weights.${onceTold}`,
    args: {
      input: t.arg({ type: ExportNetworkInput, required: true, description: 'What to export.' }),
    },
    resolve: async (_root, { input }, context) => {
      const { id } = await subject(context, 'Network', input.network, ['network']);
      const retrainingId = optionalRowId(input.retraining, 'Retraining', ['retraining']);
      return requestNetworkExport(context.database, context.queue, {
        networkId: id,
        weights: input.weights === 'CUT' ? { kind: 'CUT' } : { kind: 'TRAINED', retrainingId },
      });
    },
  }),
  exportTeacher: t.field({
    type: ExportObject,
    description: `As \`exportNetwork\`, the teacher of a search. BAD_INPUT for a LayersModel.${onceTold}`,
    args: {
      input: t.arg({ type: ExportTeacherInput, required: true, description: 'What to export.' }),
    },
    resolve: async (_root, { input }, context) => {
      const { id } = await subject(context, 'Search', input.search, ['search']);
      return requestTeacherExport(context.database, context.queue, { searchId: id });
    },
  }),
}));
