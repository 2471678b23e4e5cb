import { type EntryCost, recipeDifferences, recipes } from '@blockwise/contracts';
import type { EntryFilter as DbEntryFilter, EntryRow } from '@blockwise/db';
import { builder } from './builder.ts';
import { optionalRowId } from './global-id.ts';
import { EntryStateEnum } from './leaderboard-enums.ts';
import { orderInput } from './order-input.ts';
import { connectionOf } from './paging.ts';
import { RecipeObject } from './recipe.ts';
import { RecipeDifferenceObject } from './recipe-difference.ts';
import {
  EntryObject,
  JobObject,
  LeaderboardObject,
  NetworkObject,
  SearchObject,
  TeamObject,
  UserObject,
} from './refs.ts';
import { WeightInitEnum } from './spec-enums.ts';

type Training = EntryRow['trainings'][number] & { readonly verifiedTop1: number | null };

const EntryTrainingObject = builder.objectRef<Training>('EntryTraining').implement({
  description: "One training of an entry's network.",
  fields: (t) => ({
    seed: t.exposeInt('seed', { description: 'Seed of weights, order and augmentation.' }),
    top1: t.exposeFloat('top1', { description: 'Accuracy on the test part, 0 to 1.' }),
    verifiedTop1: t.exposeFloat('verifiedTop1', {
      nullable: true,
      description: 'What its weights gave when they were evaluated again; null until then.',
    }),
    architecture: t.exposeString('architecture', {
      description: 'The network as trained, in the grammar.',
    }),
    sha256: t.exposeString('sha256', { description: 'SHA-256 (hex) of the trained weights.' }),
  }),
});

const EntryCostObject = builder.objectRef<EntryCost>('EntryCost').implement({
  description: "What finding and training an entry's network took on one kind of device.",
  fields: (t) => ({
    engine: t.exposeString('engine', { description: 'Tensor engine, such as `tensorflow`.' }),
    device: t.exposeString('device', { description: 'What it computed on.' }),
    onGpu: t.exposeBoolean('onGpu', { description: 'Whether that is a GPU.' }),
    hours: t.float({
      description: "Hours of trainers' slots, lost and repeated attempts included.",
      resolve: ({ seconds }) => seconds / 3600,
    }),
  }),
});

const EntryImportObject = builder
  .objectRef<NonNullable<EntryRow['imported']>>('EntryImport')
  .implement({
    description: 'Where an imported entry was before.',
    fields: (t) => ({
      team: t.exposeString('team', { description: 'Name of its team there.' }),
      search: t.exposeString('search', {
        nullable: true,
        description: 'Name of its search there.',
      }),
      leaderboard: t.exposeString('leaderboard', { description: 'Name of its leaderboard there.' }),
      verified: t.exposeBoolean('verified', { description: 'Whether it was verified there.' }),
      exportedAt: t.field({
        type: 'DateTime',
        description: 'When it was exported.',
        resolve: ({ exportedAt }) => new Date(exportedAt),
      }),
    }),
  });

const hoursOf = (costs: readonly EntryCost[], onGpu: boolean): number =>
  costs.reduce((sum, cost) => sum + (cost.onGpu === onGpu ? cost.seconds : 0), 0) / 3600;

builder.node(EntryObject, {
  description:
    'A tested network on a leaderboard. It keeps what it showed when it entered; only its state and ' +
    'what was measured of it change.',
  id: { resolve: (entry) => entry.id },
  loadWithoutCache: (id, { loaders }) => loaders.entry.load(id),
  fields: (t) => ({
    rank: t.int({
      nullable: true,
      description: 'Its place; 1 is the best. Null when it was rejected or withdrawn.',
      resolve: (entry, _args, { loaders }) => loaders.rankOfEntry.load(entry.id),
    }),
    state: t.expose('state', { type: EntryStateEnum, description: 'How far it can be trusted.' }),
    top1: t.exposeFloat('top1', {
      description: 'Accuracy on the test part, 0 to 1: the mean over its trainings.',
    }),
    top1Deviation: t.exposeFloat('top1Deviation', {
      nullable: true,
      description: 'Standard deviation (n − 1) over its trainings; null for a single one.',
    }),
    verifiedTop1: t.float({
      nullable: true,
      description: 'The mean of what its weights gave when they were evaluated again.',
      resolve: ({ verification }) => verification?.top1,
    }),
    verifiedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When they were evaluated.',
      resolve: ({ verification }) => verification?.at,
    }),
    verification: t.field({
      type: JobObject,
      nullable: true,
      description: 'The job that evaluates its weights, the last one; it says why it failed.',
      resolve: async ({ id, searchId }, _args, { loaders }) =>
        searchId === null
          ? null
          : (await loaders.allJobsOfSearch.load(searchId)).findLast(
              ({ entryId }) => entryId === id,
            ),
    }),
    trainings: t.field({
      type: [EntryTrainingObject],
      description: 'Its trainings, one for every seed that worked.',
      resolve: ({ trainings, verification }) =>
        trainings.map((training, i) => ({
          ...training,
          verifiedTop1: verification?.top1s[i] ?? null,
        })),
    }),
    architecture: t.exposeString('architecture', {
      description: 'The network as trained, in the grammar.',
    }),
    params: t.expose('params', { type: 'BigInt', description: 'Learnable scalars.' }),
    macs: t.expose('macs', { type: 'BigInt', description: 'Multiply-accumulates per image.' }),
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
      description: 'Milliseconds for one image, where its search had a latency table.',
    }),
    teacherTop1: t.exposeFloat('teacherTop1', {
      nullable: true,
      description:
        "Accuracy of the search's teacher on the same images, 0 to 1; null when it could not be tested.",
    }),
    predictedRank: t.exposeInt('predictedRank', {
      nullable: true,
      description: 'Place that its search predicted for it; null for a network that was asked for.',
    }),
    predictedLoss: t.exposeFloat('predictedLoss', {
      description: 'Loss that its search predicted: the weighted sum of the ratings of its cells.',
    }),
    recipe: t.field({
      type: RecipeObject,
      description: 'The published recipe that its trainings followed.',
      resolve: ({ training }) => ({ name: training.recipe, ...recipes[training.recipe] }),
    }),
    differences: t.field({
      type: [RecipeDifferenceObject],
      description: 'Where they departed from it: to be read beside the accuracy.',
      resolve: async ({ training, leaderboardId }, _args, { loaders }) => {
        const { dataset } = await loaders.requireLeaderboard(leaderboardId);
        return recipeDifferences(training, dataset.imageSize);
      },
    }),
    init: t.field({
      type: WeightInitEnum,
      description: 'Weights that its trainings began with.',
      resolve: ({ training }) => training.init,
    }),
    globalDistil: t.field({
      type: 'JSON',
      nullable: true,
      description:
        'The distillation from the teacher before them, or in their place; null for none.',
      resolve: ({ training }) => training.globalDistil,
    }),
    costs: t.field({
      type: [EntryCostObject],
      description:
        'What its search up to the exact search, and its own trainings, took by engine and device. A ' +
        'teacher that was taken over from another search cost that search.',
      resolve: ({ costs }) => [...costs],
    }),
    gpuHours: t.float({
      description: 'Of these the hours on GPUs.',
      resolve: ({ costs }) => hoursOf(costs, true),
    }),
    cpuHours: t.float({
      description: "Of these the hours on processors, each slot's counted by itself.",
      resolve: ({ costs }) => hoursOf(costs, false),
    }),
    datasetHash: t.exposeString('datasetHash', {
      description: 'Content hash of the data set: figures compare only where it is equal.',
    }),
    datasetKind: t.string({
      description: 'Kind of the data set: `procedural`, `imageFolder` or `cifar10`.',
      resolve: async ({ leaderboardId }, _args, { loaders }) =>
        (await loaders.requireLeaderboard(leaderboardId)).dataset.kind,
    }),
    imported: t.expose('imported', {
      type: EntryImportObject,
      nullable: true,
      description: 'Where it was before; null unless it was imported.',
    }),
    leaderboard: t.field({
      type: LeaderboardObject,
      description: 'The leaderboard that it is on.',
      resolve: async ({ leaderboardId, byLink }, _args, { loaders }) => ({
        ...(await loaders.requireLeaderboard(leaderboardId)),
        byLink,
      }),
    }),
    team: t.field({
      type: TeamObject,
      description: 'Whose network it is; of an imported entry, who imported it.',
      resolve: ({ teamId }, _args, { loaders }) => loaders.requireTeam(teamId),
    }),
    network: t.field({
      type: NetworkObject,
      nullable: true,
      description: 'The network; null when you may not see it, or it is not here.',
      resolve: ({ networkId }, _args, { loaders }) =>
        networkId === null ? null : loaders.network.load(networkId),
    }),
    search: t.field({
      type: SearchObject,
      nullable: true,
      description: 'The search that found it; null when you may not see it, or it is not here.',
      resolve: ({ searchId }, _args, { loaders }) =>
        searchId === null ? null : loaders.search.load(searchId),
    }),
    enteredBy: t.field({
      type: UserObject,
      nullable: true,
      description: 'Who entered it, for members of its team; null when it entered by itself.',
      resolve: ({ createdById, teamId }, _args, { loaders, viewer }) =>
        createdById === null || !viewer.isAtLeast(teamId, 'VIEWER')
          ? null
          : loaders.user.load(createdById),
    }),
    enteredAt: t.expose('createdAt', { type: 'DateTime', description: 'When it entered.' }),
  }),
});

export const EntryConnection = connectionOf('Entry', EntryObject);

const CostRangeInput = builder.inputType('EntryCostRange', {
  description: 'Bounds of a cost, inclusive.',
  fields: (t) => ({
    min: t.float({ description: 'Least value.' }),
    max: t.float({ description: 'Greatest value.' }),
  }),
});

export const EntryFilter = builder.inputType('EntryFilter', {
  description: 'Which entries of a leaderboard.',
  fields: (t) => ({
    states: t.field({
      type: [EntryStateEnum],
      description: 'In one of these states; those with a place if not given.',
    }),
    search: t.id({ description: 'Found by this search.' }),
    team: t.id({ description: 'Of this team.' }),
    network: t.id({ description: 'Of this network.' }),
    params: t.field({ type: CostRangeInput, description: 'With so many learnable scalars.' }),
    macs: t.field({ type: CostRangeInput, description: 'With so many multiply-accumulates.' }),
  }),
});

/** The filter with row ids. Throws DomainError BAD_INPUT. */
export function toEntryFilter(
  filter: typeof EntryFilter.$inferInput | null | undefined,
): DbEntryFilter {
  if (!filter) return {};
  const { search, team, network, ...rest } = filter;
  return {
    ...rest,
    searchId: optionalRowId(search, 'Search', ['filter', 'search']),
    teamId: optionalRowId(team, 'Team', ['filter', 'team']),
    networkId: optionalRowId(network, 'Network', ['filter', 'network']),
  };
}

export const EntryOrder = orderInput('Entry', 'entries', {
  TOP1: "The board's own order: accuracy, of equals who came first. DESC if no direction is given.",
  PARAMS: 'Learnable scalars; ASC if no direction is given.',
  MACS: 'Multiply-accumulates per image; ASC if no direction is given.',
  ENTERED_AT: 'When they entered; ASC if no direction is given.',
});
