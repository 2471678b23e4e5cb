import type { Draws } from '../compute/feature-groups.ts';
import type { DataRequest } from '../compute/search-data.ts';
import type { FeaturePasses } from '../compute/teacher-micro-batch.ts';
import type { TeacherRequest } from '../compute/teacher-request.ts';
import type { JobRun } from '../job-run.ts';
import { planFeatures, planWindows } from './feature-plan.ts';
import type { FeatureSource, WindowSource } from './feature-source.ts';

interface Wanted {
  readonly data: DataRequest;
  readonly teacher: TeacherRequest;
  readonly draws: Draws;
  readonly passes: FeaturePasses;
}

/**
 * Where a task finds the features of the search's teacher: when they find room, in files that are
 * complete as soon as this resolves and stay until the attempt ends.
 */
export async function completeFeatures(run: JobRun, wanted: Wanted): Promise<FeatureSource> {
  const { data, teacher } = wanted;
  const { attempt, engine, features } = run;
  const { spec } = attempt.search;
  const options = {
    spec,
    engine,
    teacherSha256: teacher.sha256,
    datasetHash: data.expectedHash ?? '',
    normalisation: data.normalisation,
    cuts: teacher.cuts.slice(1),
    counts: await run.compute('countImages', data),
    cacheBytes: features.budgetBytes,
  };
  const plan = planFeatures(options);
  const inWindows = async (source: WindowSource, wantedBytes: number) => ({
    ...source,
    budgetBytes: await features.room(wantedBytes),
  });
  if (plan.kind === 'windows') return inWindows(plan, plan.budgetBytes);
  let reported = Number.NEGATIVE_INFINITY;
  const { dtype } = spec.features;
  const set = await features.complete(
    plan,
    dtype,
    (chunk, files) =>
      run.compute('featureChunk', { ...wanted, ...chunk, folder: features.root, files, dtype }),
    async (done) => {
      if (done === plan.rows || performance.now() - reported < 1000) return;
      reported = performance.now();
      const note = 'computing teacher features';
      await attempt.progress({ done, total: plan.rows, unit: 'images', perSecond: null, note });
    },
  );
  // What other searches read at the moment leaves no room for all.
  if (set === null) return inWindows(planWindows(options), plan.bytes);
  run.whenEnded(set.release);
  return set.source;
}
