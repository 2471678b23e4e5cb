import type { JobRow, SearchRow } from '@blockwise/db';
import type { Context } from '../context.ts';
import type { CostRanges } from '../cost-ranges.ts';
import { LeastRecentlyUsed } from '../least-recently-used.ts';
import { plannedTeacher } from '../planned-teacher.ts';
import { cachedSpace } from '../space-cache.ts';
import type { Facilities } from './facilities.ts';
import { type Forecast, forecast, type Seconds } from './forecast.ts';
import { countsOf, imagesOf } from './images.ts';
import { featureWork, type Setting } from './job-work.ts';
import { restByOwnRate } from './own-rate.ts';
import { type PlannedJob, plannedJobs } from './planned-jobs.ts';
import { storedSetting } from './stored-setting.ts';

/** How long the searches that are under way will take. */
export interface SearchesForecast {
  readonly seconds: Seconds;
  readonly isMeasured: boolean;
}

/** Costs of a search's space, which stay what they are. */
const ranges = new LeastRecentlyUsed<string, Promise<CostRanges>>(500);

/**
 * Until the searches of unfinished jobs have found and trained their networks, with the jobs that they
 * have not enqueued yet: at least as long as the longest of them, and as all their work spread over all
 * slots; at most one after the other. What is asked of complete searches is left out.
 *
 * @returns null where nobody knows what one of them computes
 */
export async function searchesForecast(
  context: Context,
  unfinished: readonly JobRow[],
  facilities: Facilities,
): Promise<SearchesForecast | null> {
  const ids = [...new Set(unfinished.map(({ searchId }) => searchId))];
  const searches = await Promise.all(ids.map((id) => context.loaders.requireSearch(id)));
  const each = await Promise.all(
    searches
      .filter(({ state }) => state === 'QUEUED' || state === 'RUNNING')
      .map(async (search) => {
        const rest = await restOf(search, context, facilities);
        const own = unfinished.filter(({ searchId }) => searchId === search.id);
        return rest && { ...rest, lasting: noSooner(rest.lasting, own) };
      }),
  );
  const known = each.filter((rest) => rest !== null);
  if (known.length < each.length) return null;
  const computing = known.reduce((sum, rest) => sum + rest.computing.low, 0);
  return {
    seconds: {
      low: Math.max(computing / facilities.slots, ...known.map(({ lasting }) => lasting.low)),
      high: known.reduce((sum, { lasting }) => sum + lasting.high, 0),
    },
    isMeasured: known.every(({ isMeasured }) => isMeasured),
  };
}

/** What a job tells of itself goes before what is reckoned. */
function noSooner({ low, high }: Seconds, jobs: readonly JobRow[]): Seconds {
  const told = jobs.map(restByOwnRate).filter((rest) => rest !== null);
  return {
    low: Math.max(low, ...told.map((rest) => rest.low)),
    high: Math.max(high, ...told.map((rest) => rest.high)),
  };
}

async function restOf(
  search: SearchRow,
  context: Context,
  facilities: Facilities,
): Promise<Forecast | null> {
  const { loaders, solver } = context;
  const setting =
    (await storedSetting(search.id, loaders)) ?? (await plannedSetting(search, context));
  if (setting === null) return null;
  const { space, images, spec } = setting;
  const task = { inputSize: images.size, classes: images.classes };
  const costs = await ranges.getOrMake(search.id, () => solver.run('costRanges', space, task));
  const [stored, cells] = await Promise.all([
    loaders.allJobsOfSearch.load(search.id),
    loaders.cellsOfSearch.load(search.id),
  ]);
  const places = new Map(cells.map(({ id, block, index }) => [id, `${block} ${index}`]));
  const hasFeatures = stored.some(({ kind, state }) => kind === 'distil' && state === 'COMPLETE');
  return forecast(
    remaining(plannedJobs(setting, costs), stored, ({ cellId }) => places.get(cellId ?? '') ?? ''),
    hasFeatures ? 0 : featureWork(setting),
    spec.distil.strategy !== 'dna',
    facilities,
  );
}

/**
 * What is left of planned jobs beside those that there are: complete ones are taken out, and of one under
 * way what it has done. Cells are found by their place; of other kinds one job is as good as another.
 *
 * @param placeOf block and cell of a job
 */
export function remaining(
  planned: readonly PlannedJob[],
  stored: readonly Pick<JobRow, 'kind' | 'state' | 'progress' | 'cellId'>[],
  placeOf: (job: Pick<JobRow, 'cellId'>) => string,
): PlannedJob[] {
  const left = new Map<string, (typeof stored)[number][]>();
  for (const job of stored) {
    if (job.state === 'FAILED' || job.state === 'CANCELLED') continue;
    const key = `${job.kind} ${placeOf(job)}`;
    left.set(key, [...(left.get(key) ?? []), job]);
  }
  return planned.flatMap((job) => {
    const place = job.block === undefined ? '' : `${job.block} ${job.cell}`;
    const own = left.get(`${job.kind} ${place}`)?.shift();
    if (own === undefined || own.state === 'QUEUED') return [job];
    if (own.state === 'COMPLETE') return [];
    const { done, total, unit } = own.progress;
    const rest = total > 0 && unit !== 'images' ? Math.max(0, 1 - done / total) : 1;
    return [{ ...job, work: { low: job.work.low * rest, high: job.work.high * rest } }];
  });
}

/** Before a trainer has read images and teacher: what the specification alone says of them. */
export async function plannedSetting(
  { spec }: SearchRow,
  context: Context,
): Promise<Setting | null> {
  const counts = countsOf(spec);
  // Other teachers are those of somebody's search, or lie in a file.
  const isDrawn = spec.teacher.kind === 'train' || spec.teacher.kind === 'timm';
  if (counts === null || !isDrawn) return null;
  const task = { inputSize: counts.size, classes: counts.classes };
  const teacher = await plannedTeacher(context, spec, task);
  if (teacher === null) return null;
  const space = cachedSpace(spec.space);
  return {
    ...{ spec, space, images: imagesOf(spec, counts), cuts: teacher.cuts },
    teacherMacs: teacher.macs ?? 0,
  };
}
