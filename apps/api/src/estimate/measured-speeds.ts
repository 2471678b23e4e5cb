import { type Database, type FinishedRun, lastFinishedRuns } from '@blockwise/db';
import { LeastRecentlyUsed } from '../least-recently-used.ts';
import type { Loaders } from '../loaders.ts';
import { defaultSpeed, measuredSpeed, type Speed, type TimedKind } from './speed.ts';
import { storedJobWork } from './stored-work.ts';

/** Runs of each kind that a speed is taken from: enough for quartiles, few enough to follow changes. */
const lastRuns = 40;

/** Work a second of finished runs, of what they did and of the features that they computed. */
interface RunSpeeds {
  readonly own: number | null;
  readonly features: number | null;
}

/** Of finished jobs, which do not change any more. */
const known = new LeastRecentlyUsed<string, RunSpeeds>(2000);

/**
 * How fast engines of this server are, by the last finished runs of every kind; what no run says is
 * by {@link defaultSpeed}.
 */
export async function measuredSpeeds(
  database: Database,
  loaders: Loaders,
): Promise<(kind: TimedKind, engine: string) => Speed> {
  const runs = await lastFinishedRuns(database, lastRuns);
  const speeds = new Map<string, number[]>();
  const note = (kind: TimedKind, engine: string, speed: number | null): void => {
    if (speed === null) return;
    const key = `${kind} ${engine}`;
    speeds.set(key, [...(speeds.get(key) ?? []), speed]);
  };
  const all = await Promise.all(runs.map((run) => speedsOf(run, loaders)));
  for (const [i, { kind, engine }] of runs.entries()) {
    note(kind, engine, all[i]?.own ?? null);
    note('features', engine, all[i]?.features ?? null);
  }
  return (kind, engine) => {
    const found = speeds.get(`${kind} ${engine}`);
    return found === undefined ? defaultSpeed(kind, engine) : measuredSpeed(found);
  };
}

async function speedsOf(run: FinishedRun, loaders: Loaders): Promise<RunSpeeds> {
  const before = known.get(run.jobId);
  if (before !== undefined) return before;
  const { seconds, featureSeconds, featureMisses } = run;
  const { own, teacherMacs } = await storedJobWork(run, loaders);
  const rest = seconds - featureSeconds;
  const speeds = {
    own: own === null || own <= 0 || rest <= 0 ? null : own / rest,
    features:
      teacherMacs > 0 && featureMisses > 0 && featureSeconds > 0
        ? (featureMisses * teacherMacs) / featureSeconds
        : null,
  };
  known.set(run.jobId, speeds);
  return speeds;
}
