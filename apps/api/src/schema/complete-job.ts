import { completeJob } from '../training/complete-job.ts';
import { trainerToken } from '../training/trainer-token.ts';
import { builder } from './builder.ts';
import { attemptFields, HeldJobObject, written } from './held-job.ts';
import { ExportFormatEnum, TeacherKindEnum } from './spec-enums.ts';

const uploaded = 'SHA-256 (hex) of what was uploaded';

const confusionTold =
  'What the images of the test part were taken for: true class, guessed class and images of every pair ' +
  'of classes that has any, ascending. Its sums have to be those of the accuracy.';

const CutInput = builder.inputType('CutInput', {
  description: "Shape of the teacher's feature map at a cut point.",
  fields: (t) => ({
    channels: t.int({ required: true, description: 'Channels.' }),
    size: t.int({ required: true, description: 'Height and width, pixels.' }),
  }),
});

const SamplesInput = builder.inputType('SamplesInput', {
  description: 'Images of the test part, side by side on a sheet.',
  fields: (t) => ({
    sha256: t.string({ required: true, description: `${uploaded}: the sheet, a PNG.` }),
    columns: t.int({ required: true, description: 'Images of a row.' }),
    labels: t.intList({
      required: true,
      description: 'Of every image, row by row, the position of its class. At most 64 images.',
    }),
  }),
});

const TeacherResultInput = builder.inputType('TeacherResultInput', {
  description: 'The images as they were found, and the teacher that was made.',
  fields: (t) => ({
    dataset: t.field({
      type: 'JSON',
      required: true,
      description:
        '`kind`, `hash`, `classes`, `size`, `trainCount`, `testCount`, `testPart`, `mean`, `std` and ' +
        '`rejected` (`file`, `reason`).',
    }),
    samples: t.field({ type: SamplesInput, description: 'Test images to look at.' }),
    kind: t.field({
      type: TeacherKindEnum,
      required: true,
      description: 'Where it came from; one of another search has the kind it had there.',
    }),
    architecture: t.string({ required: true, description: 'In the grammar.' }),
    params: t.field({ type: 'BigInt', required: true, description: 'Learnable scalars.' }),
    macs: t.field({ type: 'BigInt', description: 'Per image; not of a LayersModel.' }),
    top1: t.float({ description: 'On the test part, 0 to 1, where it can be tested.' }),
    testCount: t.int({ required: true, description: 'Images that it was measured on.' }),
    confusion: t.intList({ description: confusionTold }),
    cuts: t.field({
      type: [CutInput],
      required: true,
      description: "From the stem's output on, one more than blocks.",
    }),
    sha256: t.string({ required: true, description: `${uploaded}: its weights.` }),
  }),
});

const LatencyResultInput = builder.inputType('LatencyResultInput', {
  description: 'Times of the layers of a space.',
  fields: (t) => ({
    engine: t.string({ required: true, description: 'Engine on which it was measured.' }),
    device: t.string({ required: true, description: 'Device on which it was measured.' }),
    batch: t.int({ required: true, description: 'Images at once.' }),
    milliseconds: t.field({
      type: 'JSON',
      required: true,
      description: 'For one image, by the name of the layer.',
    }),
  }),
});

const DistilResultInput = builder.inputType('DistilResultInput', {
  description: 'A distilled cell.',
  fields: (t) => ({
    finalLoss: t.float({ required: true, description: 'Loss at the end.' }),
    steps: t.int({ required: true, description: 'Steps that were done.' }),
    sha256: t.string({ required: true, description: `${uploaded}: the supernet.` }),
  }),
});

const RateResultInput = builder.inputType('RateResultInput', {
  description: 'The ratings of a cell. Costs and names of the paths are calculated here.',
  fields: (t) => ({
    columns: t.string({
      required: true,
      description:
        `${uploaded}: JSON with the columns \`losses\`, \`errors\`, \`kl\` and \`top1\` by path in ` +
        'lexicographic order; each but the first may be null.',
    }),
  }),
});

const SolvedNetworkInput = builder.inputType('SolvedNetworkInput', {
  description: 'A network to be trained. Its loss and costs are calculated here.',
  fields: (t) => ({
    encoding: t.string({ required: true, description: 'Its choices, `1:02 2:0315`.' }),
    seeds: t.intList({ required: true, description: 'One for each of its trainings.' }),
  }),
});

const SolveResultInput = builder.inputType('SolveResultInput', {
  description: 'The networks that were found.',
  fields: (t) => ({
    networks: t.field({
      type: [SolvedNetworkInput],
      required: true,
      description: 'At least one, the best first. Where there is none the job fails: INFEASIBLE.',
    }),
  }),
});

const RetrainResultInput = builder.inputType('RetrainResultInput', {
  description: 'A trained and tested network. Its costs are calculated here.',
  fields: (t) => ({
    architecture: t.string({ required: true, description: 'As trained, in the grammar.' }),
    top1: t.float({ required: true, description: 'On the test part, 0 to 1.' }),
    confusion: t.intList({ description: confusionTold }),
    sha256: t.string({ required: true, description: `${uploaded}: its weights.` }),
  }),
});

const CutResultInput = builder.inputType('CutResultInput', {
  description: 'A network whose weights were cut out of the supernets.',
  fields: (t) => ({
    architecture: t.string({
      required: true,
      description: "With the teacher's widths between blocks, in the grammar.",
    }),
    top1: t.float({ description: 'On the test part, 0 to 1, where it was tested.' }),
    sha256: t.string({ required: true, description: `${uploaded}: its weights.` }),
  }),
});

const ExportResultFileInput = builder.inputType('ExportResultFileInput', {
  description: 'The archive of one format.',
  fields: (t) => ({
    format: t.field({ type: ExportFormatEnum, required: true, description: 'What is in it.' }),
    sha256: t.string({ required: true, description: `${uploaded}.` }),
  }),
});

const ExportResultInput = builder.inputType('ExportResultInput', {
  description: 'Weights as files.',
  fields: (t) => ({
    files: t.field({
      type: [ExportResultFileInput],
      required: true,
      description: 'One of every format.',
    }),
  }),
});

const VerifyResultInput = builder.inputType('VerifyResultInput', {
  description: "What a leaderboard entry's weights are worth on the board's data.",
  fields: (t) => ({
    datasetHash: t.string({
      required: true,
      description: 'Hash of the data that they were evaluated on.',
    }),
    top1s: t.floatList({
      required: true,
      description: "Accuracies, 0 to 1: of every training, in the order of the entry's.",
    }),
  }),
});

const MapsResultInput = builder.inputType('MapsResultInput', {
  description: "A path's feature maps beside the teacher's.",
  fields: (t) => ({
    sha256: t.string({
      required: true,
      description:
        `${uploaded}: little-endian 32-bit floats, the teacher's maps, then the path's, each [samples, ` +
        'size, size, channels].',
    }),
    loss: t.float({
      required: true,
      description: 'Of these images, by the measure of the rating.',
    }),
    mse: t.float({ required: true, description: 'Mean of the squared differences.' }),
  }),
});

const JobResultInput = builder.inputType('JobResultInput', {
  isOneOf: true,
  description: "A job's result: exactly the one of its kind.",
  fields: (t) => ({
    teacher: t.field({ type: TeacherResultInput, description: 'Of the TEACHER job.' }),
    latency: t.field({ type: LatencyResultInput, description: 'Of a LATENCY job.' }),
    distil: t.field({ type: DistilResultInput, description: 'Of a DISTIL job.' }),
    rate: t.field({ type: RateResultInput, description: 'Of a RATE job.' }),
    solve: t.field({ type: SolveResultInput, description: 'Of the SOLVE job.' }),
    retrain: t.field({ type: RetrainResultInput, description: 'Of a RETRAIN job.' }),
    cut: t.field({ type: CutResultInput, description: 'Of a CUT job.' }),
    export: t.field({ type: ExportResultInput, description: 'Of an EXPORT job.' }),
    verify: t.field({ type: VerifyResultInput, description: 'Of a VERIFY job.' }),
    maps: t.field({ type: MapsResultInput, description: 'Of a MAPS job.' }),
  }),
});

const CompleteJobInput = builder.inputType('CompleteJobInput', {
  description: 'What came of an attempt.',
  fields: (t) => ({
    ...attemptFields(t),
    result: t.field({ type: JobResultInput, required: true, description: 'The result.' }),
  }),
});

builder.mutationField('completeJob', (t) =>
  t.field({
    type: HeldJobObject,
    description:
      'Completes a job, and starts what follows from it. Files that the result names have to be ' +
      'uploaded with the same token before: ARTIFACT_MISSING. ATTEMPT_STALE when the job was given ' +
      'to another attempt, CANCELLED when it was cancelled; then nothing is written.',
    args: {
      input: t.arg({ type: CompleteJobInput, required: true, description: 'What came of it.' }),
    },
    resolve: (_root, { input }, context) =>
      written(
        input,
        context,
        (attempt) => completeJob(attempt, input.result, trainerToken(context.viewer), context),
        'attempt complete',
      ),
  }),
);
