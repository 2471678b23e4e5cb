import { maxComparedSearches, maxResamples } from '../limits.ts';

/** What is known of a field before it is asked. */
export interface FieldCost {
  /** Items of its list; the cost of each is counted so often. */
  readonly items?: number;
  /** Added to what its objects cost: it is computed, or reads more than it answers. */
  readonly extra?: number;
}

type Arguments = Record<string, unknown>;

/** Length of a list argument. */
const count = (list: unknown, otherwise = 0): number =>
  Array.isArray(list) ? list.length : otherwise;
const number = (value: unknown, otherwise: number): number =>
  typeof value === 'number' && Number.isFinite(value) ? Math.max(value, 0) : otherwise;

/** Maxima and minima in an input of constraints. */
function bounds(constraints: unknown): number {
  return Object.values(constraints ?? {}).reduce<number>(
    (sum, bound) => sum + Object.values(bound ?? {}).filter((value) => value != null).length,
    0,
  );
}

/** Keys of a job that are read when none are named. */
const usualKeys = 10;
/** Points of a curve that is not thinned. */
const usualPoints = 10_000;
/** Points of a curve that cost as much as one object: they are read and sent as columns. */
const pointsPerObject = 1000;

/**
 * Fields that cost other than an object each, as `Type.field`. What is not here costs nothing extra,
 * and a list without paging has ten items. One that is added with a new kind of work belongs here.
 */
export const fieldCosts: Readonly<Record<string, FieldCost | ((args: Arguments) => FieldCost)>> = {
  'Query.nodes': ({ ids }) => ({ items: count(ids) }),
  // Whether the viewer sees them is asked for each.
  'Query.exportCurves': ({ jobs }) => ({ extra: count(jobs, 100) }),
  // Exact searches over all networks of a space: milliseconds with one bound, seconds with three.
  'Query.solve': ({ networks, constraints }) => ({
    items: number(networks, 5),
    extra: bounds(constraints) < 2 ? 200 : 1000,
  }),
  'Query.paretoFront': { extra: 2000 },
  'Query.compare': ({ searches }) => ({
    extra: 800 * Math.min(count(searches), maxComparedSearches),
  }),
  'ComparedSearch.ops': { items: 100 },
  'Query.fitLambdas': { extra: 1000 },
  'Query.rankReport': ({ options }) => ({ extra: reportCost(options) }),
  'RankingAudit.report': ({ options }) => ({ extra: reportCost(options) }),
  'RankingAudit.randomSearch': { extra: 200 },
  'RankingAudit.networks': { items: 50 },
  'Query.curves': ({ jobs, runs, keys, maxPoints, sampling }) => {
    const items = (count(jobs) + count(runs)) * count(keys, usualKeys);
    const points = Math.max(number(maxPoints, 2000), sampling === 'NONE' ? usualPoints : 0);
    return { items, extra: (items * points) / pointsPerObject };
  },
  // A page of a cell sorts all its paths, 46,656 of them in the largest spaces.
  'Query.candidates': { extra: 50 },
  // All of them, ten numbers each.
  'Query.candidateColumns': { extra: 200 },
  // Spaces and networks are read from their text and counted layer by layer.
  'Query.describeSpace': { extra: 100 },
  'Query.checkSearch': { extra: 500 },
  // What every unfinished job of the server computes.
  'Queue.seconds': { extra: 250 },
  'Queue.gap': { extra: 250 },
  'Queue.searchSeconds': { extra: 250 },
  'Query.trainerUse': ({ bounds }) => ({ extra: 20 + count(bounds) }),
  'SearchCheck.blocks': { items: 6 },
  'PlannedBlock.cells': { items: 4 },
  'Query.spacePresets': { items: 8 },
  'Space.costs': { extra: 100 },
  'Query.networkCost': { extra: 20 },
  'Query.scaleNetwork': { extra: 20 },
  'Query.compareEntries': { extra: 40 },
  'Query.exportEntries': { extra: 100 },
  'Query.publishedNetworks': { items: 16, extra: 200 },
  'NetworkDescription.layers': { items: 100 },
  'LatencyTable.layers': { items: 200 },
  'Search.blocks': { items: 6 },
  'Block.cells': { items: 4 },
  'Job.runs': { items: 3 },
  'Network.exports': { items: 2 },
  'Teacher.exports': { items: 2 },
  'Network.retrainings': { items: 3 },
  'Network.candidates': { items: 6 },
  // Rated paths of every layer's other operations, each a network that is counted layer by layer.
  'Network.runnerUps': { items: 100, extra: 50 },
  'Cell.featureMaps': ({ first }) => ({ items: number(first, 20) }),
  // A file of up to 32 MB is read and sent.
  'FeatureMaps.maps': { extra: 2000 },
  'Retraining.classes': { items: 100 },
  'Retraining.confusion': ({ first }) => ({ items: number(first, 20) }),
  // A matrix of 256 classes is 65,536 numbers.
  'Retraining.confusionMatrix': { extra: 20 },
  'Teacher.classes': { items: 100 },
  'Teacher.confusion': ({ first }) => ({ items: number(first, 20) }),
  'Teacher.confusionMatrix': { extra: 20 },
  'Subscription.searchEvents': { extra: 20 },
  'Subscription.curvePoints': { extra: 20 },
  'Subscription.leaderboardChanged': { extra: 20 },
  'Subscription.trainersChanged': { extra: 20 },
  'Subscription.searchesChanged': { extra: 20 },
  // What checks a specification, and plans or stores much more than it answers.
  'Mutation.startSearch': { extra: 500 },
  'Mutation.startAudit': { extra: 500 },
  'Mutation.retrainNetworks': { extra: 200 },
  // Looks for a path among all of its cell.
  'Mutation.requestFeatureMaps': { extra: 50 },
  'Mutation.importLeaderboard': { extra: 500 },
  // Hashing is slow on purpose.
  'Mutation.setPassword': { extra: 5000 },
};

/** Intervals of a report come from drawing its networks again and again. */
function reportCost(options: unknown): number {
  const { resamples } = Object(options) as { resamples?: unknown };
  return 200 + Math.min(number(resamples, 1000), maxResamples) / 5;
}
