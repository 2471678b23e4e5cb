import { recipeDifferences } from '@blockwise/contracts';
import {
  type AuditRow,
  type CountValues,
  type Database,
  meanRetrainingSeconds,
  type NetworkRow,
  searchSeconds,
} from '@blockwise/db';
import { bestOfRandom, type RankReport } from '@blockwise/dna';
import type { Context } from '../context.ts';
import type { Loaders } from '../loaders.ts';
import { type RankAsked, rankOptions } from './rank-options.ts';

/** Fewer networks have no ranking worth the name. */
const leastRanked = 4;

type Tested = NetworkRow & { readonly top1: number };

function testedOf(networks: readonly NetworkRow[]): Tested[] {
  return networks.filter((network): network is Tested => network.top1 !== null);
}

/** How well the ratings ordered an audit's networks; null until four of them are tested. */
export async function auditReport(
  { id }: AuditRow,
  options: RankAsked,
  { loaders, solver }: Pick<Context, 'loaders' | 'solver'>,
): Promise<RankReport | null> {
  const tested = testedOf(await loaders.networksOfAudit.load(id));
  if (tested.length < leastRanked) return null;
  const rows = await Promise.all(
    tested.map(async (network) => {
      const { params, macs, flopsTool } = await costAsTrained(network, loaders);
      return { predicted: network.loss, accuracy: network.top1, params, macs, flopsTool };
    }),
  );
  return solver.run('rankReport', rows, rankOptions({ ...options, predicted: 'loss' }));
}

/** With weights from the supernets a network is wider than it was drawn: its accuracy is of that. */
async function costAsTrained(network: NetworkRow, loaders: Loaders): Promise<CountValues> {
  const retrainings = await loaders.retrainingsOfNetwork.load(network.id);
  return retrainings.find(({ trained }) => trained !== null)?.trained ?? network;
}

/** What drawing networks at random would have given for the cost of the search. */
export interface RandomSearch {
  readonly searchSeconds: number;
  readonly secondsPerNetwork: number;
  /** Networks that could have been trained for the cost of the search. */
  readonly equalCostNetworks: number;
  /** By how many draws: 1, 2, … as many as are tested. */
  readonly expectedBestOf: readonly number[];
  readonly expectedBest: number;
  readonly solvedTop1: number | null;
  readonly sameTraining: boolean;
}

/** Null until networks of the audit are tested. */
export async function randomSearch(
  { id, searchId, spec }: AuditRow,
  database: Database,
  loaders: Loaders,
): Promise<RandomSearch | null> {
  const accuracies = testedOf(await loaders.networksOfAudit.load(id)).map(({ top1 }) => top1);
  const secondsPerNetwork = await meanRetrainingSeconds(database, id);
  if (accuracies.length === 0 || secondsPerNetwork === null) return null;
  const seconds = await searchSeconds(database, searchId);
  const equalCostNetworks = Math.max(1, Math.floor(seconds / secondsPerNetwork));
  const expectedBestOf = accuracies.map((_, i) => bestOfRandom(accuracies, i + 1));
  const [solved] = await loaders.allNetworksOfSearch.SOLVED.load(searchId);
  const search = await loaders.requireSearch(searchId);
  const { size } = await loaders.requireDataset(searchId);
  const differences = (training: typeof spec.training) =>
    JSON.stringify([
      training.recipe,
      training.microBatch,
      training.seeds,
      training.init,
      training.globalDistil,
      recipeDifferences(training, size).filter(({ field }) => field !== 'seed'),
    ]);
  return {
    searchSeconds: seconds,
    secondsPerNetwork,
    equalCostNetworks,
    expectedBestOf,
    expectedBest:
      expectedBestOf[Math.min(equalCostNetworks, expectedBestOf.length) - 1] ?? Number.NaN,
    solvedTop1: solved?.top1 ?? null,
    sameTraining: differences(search.spec.retrain) === differences(spec.training),
  };
}
