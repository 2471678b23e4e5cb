import { type JobRow, unfinishedJobs } from '@blockwise/db';
import type { Context } from '../context.ts';
import { type Facilities, presentFacilities } from './facilities.ts';
import { type Seconds, secondsOnSlots } from './forecast.ts';
import { featureWork, teacherWork } from './job-work.ts';
import { isAtWork, restByOwnRate, type TimedJob } from './own-rate.ts';
import { plannedSetting, type SearchesForecast, searchesForecast } from './searches-forecast.ts';
import { storedSetting } from './stored-setting.ts';
import { storedJobWork } from './stored-work.ts';

/** Why nobody can say when the queue is empty. */
export type QueueGap = 'NO_TRAINER' | 'NOT_READ' | 'NOT_MEASURED';

export interface QueueForecast {
  /** Until all that waits or is under way has been done; null with a gap. */
  readonly seconds: Seconds | null;
  readonly gap: QueueGap | null;
  /** Until the searches of these jobs are complete; null while that cannot be told. */
  readonly searches: SearchesForecast | null;
}

const nothing = { low: 0, high: 0 };

/**
 * How long the jobs that are in the queue now, and their searches, take on the trainers that take jobs
 * now.
 */
export async function queueForecast(context: Context): Promise<QueueForecast> {
  const [jobs, facilities] = await Promise.all([
    unfinishedJobs(context.database),
    presentFacilities(context),
  ]);
  if (jobs.length === 0) {
    return { seconds: nothing, gap: null, searches: { seconds: nothing, isMeasured: true } };
  }
  if (facilities.slots === 0) return { seconds: null, gap: 'NO_TRAINER', searches: null };
  const searches = await searchesForecast(context, jobs, facilities);
  return { ...(await jobsForecast(jobs, facilities, context)), searches };
}

async function jobsForecast(
  jobs: readonly JobRow[],
  facilities: Facilities,
  context: Context,
): Promise<Pick<QueueForecast, 'seconds' | 'gap'>> {
  const known = await Promise.all(
    jobs.map(async (job) => {
      const work = await workOf(job, context);
      return jobSpan(job, work, facilities.measuredSpeedOf);
    }),
  );
  const gap = known.find((span) => typeof span === 'string');
  if (gap !== undefined) return { seconds: null, gap };
  const spans = known.filter((span) => typeof span !== 'string');
  const features = await featureSeconds(jobs, facilities, context);
  const onSlots = (seconds: readonly number[]) =>
    secondsOnSlots(
      seconds.map((each) => ({ seconds: each })),
      facilities.slots,
    );
  return {
    seconds: {
      low: onSlots(spans.map(({ low }) => low)),
      high: onSlots([...spans.map(({ high }) => high), ...features]),
    },
    gap: null,
  };
}

async function workOf(job: JobRow, context: Context): Promise<number | null> {
  const { own } = await storedJobWork(job, context.loaders);
  if (own !== null || job.kind !== 'teacher') return own;
  const search = await context.loaders.requireSearch(job.searchId);
  const setting = await plannedSetting(search, context);
  return setting && teacherWork(setting);
}

/**
 * What is left of one job, by its own rate where it reports one, otherwise by finished runs of its
 * kind; a gap where neither is known.
 *
 * @param work what the whole job computes; null while that is not known
 */
export function jobSpan(
  job: TimedJob,
  work: number | null,
  speedOf: Facilities['measuredSpeedOf'],
): Seconds | QueueGap {
  const byRate = restByOwnRate(job);
  if (byRate !== null) return byRate;
  if (work === null) return 'NOT_READ';
  const speed = speedOf(job.kind);
  if (speed === null) return 'NOT_MEASURED';
  const { done, total } = job.progress;
  const rest = work * (isAtWork(job) ? Math.max(0, 1 - done / total) : 1);
  return { low: rest / speed.fast, high: rest / speed.slow };
}

/**
 * What the teacher's features take at most, of every search whose cells wait: each trainer computes
 * them once. At least they take nothing, because trainers have them already.
 */
async function featureSeconds(
  jobs: readonly JobRow[],
  { trainers, speedOf }: Facilities,
  { loaders }: Pick<Context, 'loaders'>,
): Promise<number[]> {
  const cells = new Map<string, number>();
  for (const { kind, searchId } of jobs) {
    if (kind === 'distil') cells.set(searchId, (cells.get(searchId) ?? 0) + 1);
  }
  const each = await Promise.all(
    [...cells].map(async ([searchId, count]) => {
      const setting = await storedSetting(searchId, loaders);
      if (setting === null) return [];
      const seconds = featureWork(setting) / speedOf('features').slow;
      return new Array<number>(Math.min(trainers, count)).fill(seconds);
    }),
  );
  return each.flat();
}
