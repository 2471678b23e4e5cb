import type { DatasetInfo } from '@blockwise/contracts';
import type {
  CellRow,
  Checkpoint,
  EntryRow,
  ExportRow,
  FeatureMapsRow,
  NetworkRow,
  PooledPath,
  RetrainingRow,
  SearchRow,
  StoredRating,
  TeacherOriginRow,
  TeacherRow,
} from '@blockwise/db';
import {
  cellsOf,
  exportLineage,
  latencyTablesOf,
  normalisationChoice,
  poolOf,
  ratingsOf,
  teacherOrigin,
} from '@blockwise/db';
import { printEncoding } from '@blockwise/dna';
import type { TakenJob } from '../training/take-job.ts';
import { builder } from './builder.ts';
import { CutObject } from './cut.ts';
import { encodeGlobalId } from './global-id.ts';
import { PhaseEnum, TeacherKindEnum } from './spec-enums.ts';

/*
 * What a trainer is told of its job. Its token sees no object of the API, so these are values of
 * their own. They count blocks, cells and paths from 0, as specifications' parts and files do.
 */

const sha256Told = 'SHA-256 (hex): `GET /artifacts/<sha256>` while the job is held.';

const TakenSearch = builder.objectRef<SearchRow>('TakenSearch').implement({
  description: 'The search of a job.',
  fields: (t) => ({
    id: t.id({ description: 'Its id.', resolve: ({ id }) => encodeGlobalId('Search', id) }),
    name: t.exposeString('name', { description: 'Its name.' }),
    spec: t.field({
      type: 'JSON',
      description:
        'Its specification as it is stored, in the words of the file format; ids in it are those of rows.',
      resolve: ({ spec }) => spec,
    }),
  }),
});

const TakenDataset = builder.objectRef<DatasetInfo>('TakenDataset').implement({
  description: 'The images as the teacher job found them.',
  fields: (t) => ({
    kind: t.exposeString('kind', { description: '`procedural`, `imageFolder` or `cifar10`.' }),
    hash: t.exposeString('hash', { description: 'Content hash: the same images have the same.' }),
    classes: t.stringList({
      description: 'Label i is `classes[i]`.',
      resolve: ({ classes }) => [...classes],
    }),
    size: t.exposeInt('size', { description: 'Height and width, pixels.' }),
    mean: t.floatList({
      description: 'Of the training part per channel, 0 to 1.',
      resolve: ({ mean }) => [...mean],
    }),
    std: t.floatList({
      description: 'Deviation of the training part per channel.',
      resolve: ({ std }) => [...std],
    }),
    trainCount: t.exposeInt('trainCount', { description: 'Images to train on.' }),
    testCount: t.exposeInt('testCount', { description: 'Images to test on.' }),
  }),
});

const TakenTeacher = builder.objectRef<TeacherRow>('TakenTeacher').implement({
  description: "The search's teacher.",
  fields: (t) => ({
    kind: t.expose('kind', { type: TeacherKindEnum, description: 'Where it came from.' }),
    architecture: t.exposeString('architecture', {
      description: 'In the grammar; of a LayersModel the name of the model.',
    }),
    sha256: t.exposeString('sha256', { description: `Its weights. ${sha256Told}` }),
    cuts: t.field({
      type: [CutObject],
      description: "Shapes at its cut points, the stem's output first.",
      resolve: ({ cuts }) => [...cuts],
    }),
  }),
});

const TakenWeights = builder
  .objectRef<NonNullable<TeacherOriginRow['weights']>>('TakenWeights')
  .implement({
    description: 'Weights that a teacher begins with, and the images that they know.',
    fields: (t) => ({
      architecture: t.exposeString('architecture', { description: 'What they fit.' }),
      sha256: t.exposeString('sha256', { description: sha256Told }),
      imageSize: t.exposeInt('imageSize', { description: 'Height and width, pixels.' }),
      classes: t.stringList({
        description: 'Label i is `classes[i]`.',
        resolve: ({ classes }) => [...classes],
      }),
    }),
  });

const TakenOrigin = builder.objectRef<TeacherOriginRow>('TakenOrigin').implement({
  description: 'What a teacher begins as that is taken from another search.',
  fields: (t) => ({
    architecture: t.string({
      description:
        "Of a network: as its search found it, for one that is to be scaled. Else the teacher's.",
      resolve: (origin) =>
        origin.from === 'network' ? origin.architecture : origin.weights.architecture,
    }),
    weights: t.field({
      type: TakenWeights,
      nullable: true,
      description: 'Null for a network that has not been trained.',
      resolve: ({ weights }) => weights,
    }),
    kind: t.field({
      type: TeacherKindEnum,
      description: 'Where the teacher came from; NETWORK for a network.',
      resolve: (origin) => (origin.from === 'network' ? 'network' : origin.kind),
    }),
    params: t.field({
      type: 'BigInt',
      nullable: true,
      description: "The teacher's learnable scalars; null for a network.",
      resolve: (origin) => (origin.from === 'network' ? null : BigInt(origin.params)),
    }),
    macs: t.field({
      type: 'BigInt',
      nullable: true,
      description: 'Of the teacher, per image; null for a network and for a LayersModel.',
      resolve: (origin) =>
        origin.from === 'network' || origin.macs === null ? null : BigInt(origin.macs),
    }),
    cuts: t.field({
      type: [CutObject],
      description:
        "Shapes at the teacher's cut points, the stem's output first; none of a network.",
      resolve: (origin) => (origin.from === 'network' ? [] : [...origin.cuts]),
    }),
  }),
});

const TakenCell = builder.objectRef<CellRow>('TakenCell').implement({
  description: 'A cell of the search space.',
  fields: (t) => ({
    id: t.id({ description: 'Its id.', resolve: ({ id }) => encodeGlobalId('Cell', id) }),
    block: t.exposeInt('block', { description: 'Block, from 0.' }),
    cell: t.int({ description: 'Place in its block, from 0.', resolve: ({ index }) => index }),
    candidateCount: t.exposeInt('candidateCount', { description: 'Number of its paths.' }),
    sha256: t.exposeString('sha256', {
      nullable: true,
      description: `Its distilled supernet; null until then. ${sha256Told}`,
    }),
  }),
});

const TakenPath = builder.objectRef<PooledPath & { block: number }>('TakenPath').implement({
  description: 'A well rated path of an earlier block.',
  fields: (t) => ({
    block: t.exposeInt('block', { description: 'Block, from 0.' }),
    cell: t.exposeInt('cell', { description: 'Cell of the block, from 0.' }),
    path: t.exposeString('path', {
      description: 'One base-36 digit per layer, the index of its operation.',
    }),
    loss: t.exposeFloat('loss', { description: 'Its rating.' }),
    sha256: t.exposeString('sha256', { description: `The cell's supernet. ${sha256Told}` }),
  }),
});

const TakenRatings = builder.objectRef<StoredRating>('TakenRatings').implement({
  description: 'The ratings of all paths of a cell.',
  fields: (t) => ({
    block: t.exposeInt('block', { description: 'Block, from 0.' }),
    cell: t.exposeInt('cell', { description: 'Cell of the block, from 0.' }),
    losses: t.floatList({
      description: 'By path, in lexicographic order.',
      resolve: ({ losses }) => Array.from(losses),
    }),
  }),
});

const TakenNetwork = builder.objectRef<NetworkRow>('TakenNetwork').implement({
  description: 'The network of a job.',
  fields: (t) => ({
    id: t.id({ description: 'Its id.', resolve: ({ id }) => encodeGlobalId('Network', id) }),
    architecture: t.exposeString('architecture', { description: 'In the grammar.' }),
    encoding: t.string({
      description: 'Its choices: for every block the number of its cell, from 1, and its path.',
      resolve: ({ choices }) => printEncoding(choices),
    }),
  }),
});

const TakenRetraining = builder.objectRef<RetrainingRow>('TakenRetraining').implement({
  description: 'A training of a network.',
  fields: (t) => ({
    id: t.id({ description: 'Its id.', resolve: ({ id }) => encodeGlobalId('Retraining', id) }),
    seed: t.exposeInt('seed', { description: 'Its seed.' }),
    training: t.field({
      type: 'JSON',
      description: 'How, as in a specification: recipe and what differs from it.',
      resolve: ({ training }) => training,
    }),
  }),
});

const TakenExport = builder.objectRef<ExportRow>('TakenExport').implement({
  description: 'Weights that are to be made into files of every format.',
  fields: (t) => ({
    source: t.exposeString('source', { description: '`TRAINED`, `CUT` or `TEACHER`.' }),
    architecture: t.exposeString('architecture', { description: 'What the weights fit.' }),
    sha256: t.string({
      description: `The weights. ${sha256Told}`,
      resolve: ({ weightsSha256 }) => weightsSha256,
    }),
  }),
});

const TakenTraining = builder.objectRef<EntryRow['trainings'][number]>('TakenTraining').implement({
  description: "A training of a leaderboard's entry, whose weights are evaluated again.",
  fields: (t) => ({
    architecture: t.exposeString('architecture', { description: 'What the weights fit.' }),
    sha256: t.exposeString('sha256', { description: `The weights. ${sha256Told}` }),
  }),
});

const TakenFeatureMaps = builder.objectRef<FeatureMapsRow>('TakenFeatureMaps').implement({
  description: 'Feature maps that are to be made.',
  fields: (t) => ({
    path: t.exposeString('path', {
      description: 'One base-36 digit per layer, the index of its operation.',
    }),
    samples: t.intList({
      description: "Numbers of the data set's samples, from 0, in the order of the maps.",
      resolve: ({ samples }) => [...samples],
    }),
  }),
});

const CheckpointObject = builder.objectRef<Checkpoint>('Checkpoint').implement({
  description: 'Where an earlier attempt left off.',
  fields: (t) => ({
    step: t.exposeInt('step', { description: 'Steps that had been done.' }),
    sha256: t.exposeString('sha256', { description: `What was kept. ${sha256Told}` }),
  }),
});

export const TakenJobObject = builder.objectRef<TakenJob>('TakenJob').implement({
  description: 'A job that a trainer has taken, with all that it needs to know.',
  fields: (t) => ({
    job: t.id({
      description: 'Id of the job: every write names it, and the attempt.',
      resolve: ({ attempt }) => encodeGlobalId('Job', attempt.job.id),
    }),
    attempt: t.int({
      description: 'Number of the attempt, from 1.',
      resolve: ({ attempt }) => attempt.attempt,
    }),
    kind: t.field({
      type: PhaseEnum,
      description: 'What there is to do.',
      resolve: ({ attempt }) => attempt.job.kind,
    }),
    heartbeatSeconds: t.exposeInt('heartbeatSeconds', {
      description:
        'The job is given to another trainer when `keepJob` stays away for so long: call it three ' +
        'times as often.',
    }),
    search: t.field({
      type: TakenSearch,
      description: 'Its search.',
      resolve: ({ attempt }) => attempt.search,
    }),
    dataset: t.field({
      type: TakenDataset,
      nullable: true,
      description: 'The images; null for the teacher job, which finds them.',
      resolve: ({ attempt }) => attempt.dataset,
    }),
    teacher: t.field({
      type: TakenTeacher,
      nullable: true,
      description: 'The teacher; null for the teacher job, which makes it.',
      resolve: ({ attempt }) => attempt.teacher,
    }),
    normalisation: t.string({
      description:
        'What images are normalised with: `data`, the mean and deviation of the training part, or ' +
        "`imagenet`, ImageNet's.",
      resolve: ({ attempt }, _args, { database }) =>
        normalisationChoice(database, attempt.search.spec),
    }),
    origin: t.field({
      type: TakenOrigin,
      nullable: true,
      description:
        'Of the TEACHER job, where the specification takes the teacher from another search: what it ' +
        'begins as. Null where that is not there.',
      resolve: ({ attempt }, _args, { database }) =>
        attempt.job.kind === 'teacher'
          ? teacherOrigin(database, attempt.search.spec.teacher)
          : null,
    }),
    checkpoint: t.field({
      type: CheckpointObject,
      nullable: true,
      description: 'Where an earlier attempt left off; null: from the beginning.',
      resolve: ({ attempt }) => attempt.checkpoint,
    }),
    earlierCheckpoint: t.field({
      type: CheckpointObject,
      nullable: true,
      description:
        'The checkpoint before that one: where to go on from when that one is damaged or cannot be read.',
      resolve: ({ attempt }) => attempt.earlierCheckpoint,
    }),
    cell: t.field({
      type: TakenCell,
      nullable: true,
      description: 'Of DISTIL, RATE and MAPS jobs: the cell.',
      resolve: ({ attempt }) => attempt.cell,
    }),
    cells: t.field({
      type: [TakenCell],
      description: "All cells of the search's space, by block.",
      resolve: ({ attempt }, _args, { database }) => cellsOf(database, attempt.search.id),
    }),
    earlierPaths: t.field({
      type: [TakenPath],
      description:
        'Of DISTIL, RATE and MAPS jobs by the strategies s1 and s2: the best paths of each block before, ' +
        'best first.',
      resolve: async ({ attempt: { cell, search } }, _args, { database }) => {
        const { strategy, poolSize } = search.spec.distil;
        if (cell === null || strategy === 'dna') return [];
        const blocks = Array.from({ length: cell.block }, async (_, block) => {
          const pool = await poolOf(database, search.id, block, poolSize);
          return pool.map((path) => ({ ...path, block }));
        });
        return (await Promise.all(blocks)).flat();
      },
    }),
    ratings: t.field({
      type: [TakenRatings],
      description: 'Of the SOLVE job: the ratings of all cells.',
      resolve: ({ attempt }, _args, { database }) =>
        attempt.job.kind === 'solve' ? ratingsOf(database, attempt.search.id) : [],
    }),
    latency: t.field({
      type: 'JSON',
      nullable: true,
      description:
        'Of a LATENCY job: what to measure, as `latency` in a specification. Of the SOLVE job: the ' +
        'measured milliseconds by layer, where the specification asks for them.',
      resolve: async ({ attempt }, _args, { database }) => {
        if (attempt.latencyTable !== null) return attempt.latencyTable.spec;
        if (attempt.job.kind !== 'solve' || attempt.search.spec.latency === null) return null;
        const [table] = await latencyTablesOf(database, attempt.search.id);
        return table?.measured?.milliseconds ?? null;
      },
    }),
    network: t.field({
      type: TakenNetwork,
      nullable: true,
      description:
        'Of RETRAIN and CUT jobs, and of EXPORT jobs unless it is a teacher: the network.',
      resolve: ({ attempt }) => attempt.network,
    }),
    retraining: t.field({
      type: TakenRetraining,
      nullable: true,
      description: 'Of RETRAIN jobs: how, and with which seed.',
      resolve: ({ attempt }) => attempt.retraining,
    }),
    trainings: t.field({
      type: [TakenTraining],
      description: "Of VERIFY jobs: the entry's trainings, in order.",
      resolve: ({ attempt }) => [...(attempt.entry?.trainings ?? [])],
    }),
    entryDatasetHash: t.string({
      nullable: true,
      description: "Of VERIFY jobs: content hash of the board's data, on which they are evaluated.",
      resolve: ({ attempt }) => attempt.entry?.datasetHash ?? null,
    }),
    lineage: t.field({
      type: 'JSON',
      nullable: true,
      description: 'Of EXPORT jobs: where the weights come from, to be written into every file.',
      resolve: ({ attempt }, _args, { database }) => exportLineage(database, attempt),
    }),
    export: t.field({
      type: TakenExport,
      nullable: true,
      description: 'Of EXPORT jobs: which weights.',
      resolve: ({ attempt }) => attempt.export,
    }),
    featureMaps: t.field({
      type: TakenFeatureMaps,
      nullable: true,
      description: 'Of MAPS jobs: of which path of the cell, for which samples.',
      resolve: ({ attempt }) => attempt.featureMaps,
    }),
  }),
});
