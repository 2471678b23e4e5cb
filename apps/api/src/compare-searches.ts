import { DomainError } from '@blockwise/contracts';
import { type NetworkRow, type SearchRow, secondsUntil } from '@blockwise/db';
import {
  architectureDifference,
  type CostAxis,
  hypervolumes,
  jaccard,
  type LayerPair,
  parseNetwork,
  printSpace,
  type Solution,
} from '@blockwise/dna';
import type { Context } from './context.ts';
import { maxComparedSearches } from './limits.ts';
import { auditReport } from './ranking/audit-report.ts';
import { refuse } from './refuse.ts';
import { typeRules } from './rights/types.ts';
import { type Searching, searchingOf } from './searching.ts';
import { requireLatency, solveOptions, weights } from './solve-options.ts';

/** What searches are compared by. */
export interface CompareAsked {
  readonly constraints?: unknown;
  readonly networks: number;
  readonly axis: 'loss' | CostAxis;
}

/** One of several searches that are compared. */
export interface ComparedSearch {
  readonly search: SearchRow;
  readonly searching: Searching;
  /** Of least predicted loss, the best first. */
  readonly best: readonly [Solution, ...Solution[]];
  /** All that no other beats, on the axis of the comparison and predicted loss. */
  readonly front: readonly Solution[];
}

/** Two of several searches. */
export interface ComparedPair {
  readonly a: ComparedSearch;
  readonly b: ComparedSearch;
  readonly axis: CostAxis;
}

/** Two or more searches side by side. */
export interface SearchComparison {
  readonly searches: readonly ComparedSearch[];
  /** Every two of them, in their order. */
  readonly pairs: readonly ComparedPair[];
}

/**
 * @throws DomainError as the exact search does, with the path of the search that it concerns; or with
 *   that of the option
 */
export async function compareSearches(
  rows: readonly SearchRow[],
  { axis, ...asked }: CompareAsked,
  context: Context,
): Promise<SearchComparison> {
  if (rows.length < 2 || rows.length > maxComparedSearches) {
    refuse('BAD_INPUT', `2 to ${maxComparedSearches} searches are compared at a time.`, [
      'searches',
    ]);
  }
  if (axis === 'loss') refuse('BAD_INPUT', 'The loss is the other axis.', ['axis']);
  const searches = await allInOrder(
    rows.map((row, i) => inSearch(i, () => compared(row, { ...asked, axis }, context))),
  );
  const pairs = searches.flatMap((a, i) => searches.slice(i + 1).map((b) => ({ a, b, axis })));
  return { searches, pairs };
}

/** Waits for all; of several failures the first by position counts, not the first by time. */
async function allInOrder<Result>(promises: readonly Promise<Result>[]): Promise<Result[]> {
  const settled = await Promise.allSettled(promises);
  return settled.map((each) => {
    if (each.status === 'rejected') throw each.reason;
    return each.value;
  });
}

/** Faults of an option keep its path; what a search lacks gets the path of the search. */
async function inSearch<Result>(index: number, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof DomainError) || error.code === 'BAD_INPUT') throw error;
    const path = ['searches', index];
    throw new DomainError(error.code, error.message, { path, cause: error });
  }
}

async function compared(
  search: SearchRow,
  { axis, networks, constraints }: CompareAsked & { axis: CostAxis },
  context: Context,
): Promise<ComparedSearch> {
  const searching = await searchingOf(search.id, undefined, context);
  if (axis === 'latencyMs') requireLatency(searching, []);
  const { space, task, losses } = searching;
  const options = solveOptions({ constraints, networks, minDistance: 0 }, searching);
  const [first, ...others] = await context.solver.run('solve', space, task, losses, options);
  if (first === undefined) throw new Error(`the search ${search.id} has no best network`);
  const axes = { x: axis, y: 'loss' } as const;
  const weighted = weights(undefined, searching);
  const front = await context.solver.run('paretoFront', space, task, losses, axes, weighted);
  return { search, searching, best: [first, ...others], front };
}

/** Networks of a search that somebody looked for, as far as the viewer may see them. */
async function soughtNetworks({ id }: SearchRow, context: Context): Promise<NetworkRow[]> {
  const { SOLVED, REQUESTED } = context.loaders.allNetworksOfSearch;
  const all = (await Promise.all([SOLVED.load(id), REQUESTED.load(id)])).flat();
  const seen = await Promise.all(all.map((network) => typeRules.Network(network, context)));
  return all.filter((_, i) => seen[i]);
}

/** Accuracy of a search's best network, where it was trained and tested. */
export async function testedTop1(
  { search, best: [first] }: ComparedSearch,
  context: Context,
): Promise<number | null> {
  const networks = await soughtNetworks(search, context);
  const tested = networks.filter(
    ({ architecture, top1 }) => top1 !== null && architecture === first.arch,
  );
  return tested[0]?.top1 ?? null;
}

/** Seconds of trainers' slots until a network was at least so accurate; null when none was yet. */
export async function secondsToTarget(
  { search }: ComparedSearch,
  target: number,
  context: Context,
): Promise<number | null> {
  const times = (await soughtNetworks(search, context))
    .filter(({ top1 }) => top1 !== null && top1 >= target)
    .map(({ testedAt }) => testedAt?.getTime() ?? Number.POSITIVE_INFINITY);
  const first = Math.min(...times);
  return Number.isFinite(first) ? secondsUntil(context.database, search.id, new Date(first)) : null;
}

/** Kendall's τ-b of a search's newest complete audit; null without one. */
export async function kendallOf(
  { search }: ComparedSearch,
  context: Context,
): Promise<number | null> {
  const audits = await context.loaders.allAuditsOfSearch.load(search.id);
  const newest = audits.findLast(({ state }) => state === 'COMPLETE');
  if (newest === undefined) return null;
  const options = { predicted: 'loss', fixed: 'macs', resamples: 0, slices: 0, seed: 0 } as const;
  const report = await auditReport(newest, options, context);
  return (
    report?.predictors.find(({ predictor }) => predictor === 'predicted')?.kendall.value ?? null
  );
}

/** Whether both choose from the same networks. */
export function haveSameSpace({ a, b }: ComparedPair): boolean {
  return printSpace(a.searching.space) === printSpace(b.searching.space);
}

/** Share of the networks of either front that are on both; null where the spaces differ. */
export function sharedOfFronts(pair: ComparedPair): number | null {
  if (!haveSameSpace(pair)) return null;
  const [a, b] = [pair.a, pair.b].map(({ front }) => front.map(({ arch }) => arch));
  return jaccard(a ?? [], b ?? []);
}

/** Of each front in the box around both; greater is better. */
export function volumesOfFronts({ a, b, axis }: ComparedPair): [a: number, b: number] {
  const points = ({ front }: ComparedSearch) =>
    front.map(({ cost, latencyMs = Number.NaN, loss }) => ({
      x: { ...cost, latencyMs }[axis],
      y: loss,
    }));
  return hypervolumes(points(a), points(b));
}

/** The best networks of both, layer by layer. */
export function layersOfBest({ a, b }: ComparedPair): LayerPair[] {
  return architectureDifference(parseNetwork(a.best[0].arch), parseNetwork(b.best[0].arch));
}
