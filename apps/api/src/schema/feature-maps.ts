import { maxMapFloats, maxMapSamples, requestFeatureMaps } from '@blockwise/db';
import { downloadPath } from '../http/download-routes.ts';
import { subject } from '../rights/subject.ts';
import { builder } from './builder.ts';
import { JobStateEnum } from './enums.ts';
import { afterwardsTold } from './follow-up-words.ts';
import { CellObject, FeatureMapsObject, JobObject, SearchObject } from './refs.ts';

interface Maps {
  readonly teacher: Float32Array;
  readonly student: Float32Array;
}

const PackedMapsObject = builder.objectRef<Maps>('PackedMaps').implement({
  description:
    'Feature maps as base64 of little-endian 32-bit floats, [samples, size, size, channels]: channels ' +
    'run fastest.',
  fields: (t) => ({
    teacher: t.string({
      description: "The teacher's, after the block.",
      resolve: ({ teacher }, _args, { pack }) => pack(teacher),
    }),
    student: t.string({
      description: "The path's, in place of the block.",
      resolve: ({ student }, _args, { pack }) => pack(student),
    }),
  }),
});

builder.node(FeatureMapsObject, {
  description:
    'What the teacher and one path of a cell make of test images, as the rating compares them.',
  id: { resolve: ({ id }) => id },
  loadWithoutCache: (id, { loaders }) => loaders.featureMaps.load(id),
  fields: (t) => ({
    search: t.field({
      type: SearchObject,
      description: 'The search.',
      resolve: ({ searchId }, _args, { loaders }) => loaders.requireSearch(searchId),
    }),
    cell: t.field({
      type: CellObject,
      description: 'The cell.',
      resolve: ({ cellId }, _args, { loaders }) => loaders.requireCell(cellId),
    }),
    path: t.exposeString('path', {
      description: 'The path: one base-36 digit a layer, the number of its operation.',
    }),
    samples: t.intList({
      description: "Numbers of the data set's samples, from 0, in the order of the maps.",
      resolve: ({ samples }) => [...samples],
    }),
    state: t.field({
      type: JobStateEnum,
      description: 'State of the job that makes them.',
      resolve: async (row, _args, { loaders }) =>
        (await loaders.jobOfFeatureMaps(row))?.state ?? 'QUEUED',
    }),
    job: t.field({
      type: JobObject,
      nullable: true,
      description: 'The job that makes them; the last one, where an earlier one failed.',
      resolve: (row, _args, { loaders }) => loaders.jobOfFeatureMaps(row),
    }),
    loss: t.float({
      nullable: true,
      description:
        'Of these images, by the measure of the rating (`rating.measure` of the specification); null ' +
        'until made.',
      resolve: ({ made }) => made?.loss,
    }),
    mse: t.float({
      nullable: true,
      description: 'Mean of the squared differences of both; null until made.',
      resolve: ({ made }) => made?.mse,
    }),
    size: t.int({
      description: 'Height and width of a map.',
      resolve: async (row, _args, { loaders }) => (await loaders.cutOfMaps(row)).size,
    }),
    channels: t.int({
      description: 'Channels of a map.',
      resolve: async (row, _args, { loaders }) => (await loaders.cutOfMaps(row)).channels,
    }),
    maps: t.field({
      type: PackedMapsObject,
      nullable: true,
      description: 'The maps; null until made.',
      resolve: async ({ made }, _args, { artifacts }) => {
        if (made === null) return null;
        // In memory of its own, so that numbers in it lie at multiples of their size.
        const both = new Float32Array(new Uint8Array(await artifacts.get(made.sha256)).buffer);
        const half = both.length / 2;
        return { teacher: both.subarray(0, half), student: both.subarray(half) };
      },
    }),
    url: t.string({
      nullable: true,
      description:
        'Where they are downloaded from within ten minutes, as a safetensors file with the arrays ' +
        '`teacher` and `student` of float32, [samples, size, size, channels]: a path on the host of this ' +
        'API, signed. Null until made.',
      resolve: ({ id, made }, _args, { links, viewer }) => {
        if (made === null) return null;
        const target = { kind: 'featureMaps', featureMapsId: id } as const;
        return downloadPath(links.sign(target, viewer.principal?.userId ?? null).signed);
      },
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      description: 'When they were asked for.',
    }),
    madeAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When they were made.',
      resolve: ({ made }) => made?.madeAt,
    }),
  }),
});

const RequestFeatureMapsInput = builder.inputType('RequestFeatureMapsInput', {
  description: 'Of which path, for which images.',
  fields: (t) => ({
    cell: t.id({ required: true, description: 'Id of the cell, of a complete search.' }),
    path: t.string({
      description: 'One base-36 digit a layer, as `Candidate.path`; the best one if not given.',
    }),
    samples: t.intList({
      required: true,
      description: `Numbers of samples of the data set, from 0; 1 to ${maxMapSamples}, none twice.`,
    }),
  }),
});

builder.mutationField('requestFeatureMaps', (t) =>
  t.field({
    type: FeatureMapsObject,
    description:
      "Has the feature maps of a path kept, beside the teacher's, for samples of the data set. NOT_READY " +
      `when it has none; BAD_INPUT for maps of more than ${maxMapFloats.toLocaleString('en')} numbers. ` +
      'The same maps are made once: asking again answers the same, and begins anew only where the job ' +
      `failed or was cancelled.${afterwardsTold}`,
    args: {
      input: t.arg({ type: RequestFeatureMapsInput, required: true, description: 'Of what.' }),
    },
    resolve: async (_root, { input }, context) => {
      const cell = await subject(context, 'Cell', input.cell, ['cell']);
      const { path, samples } = input;
      const { database, queue } = context;
      return requestFeatureMaps(database, queue, { cell, path: path ?? undefined, samples });
    },
  }),
);
