import type { Draws } from '../compute/feature-groups.ts';
import type { DataRequest } from '../compute/search-data.ts';
import type { TeacherRequest } from '../compute/teacher-request.ts';
import type { JobRun } from '../job-run.ts';
import { planFeatures } from './feature-plan.ts';
import type { FeatureSource } from './feature-source.ts';

/**
 * Where a task finds the features of the search's teacher: when they fit the budget, in a folder
 * that is complete as soon as this resolves.
 */
export async function completeFeatures(
  run: JobRun,
  { data, teacher, draws }: { data: DataRequest; teacher: TeacherRequest; draws: Draws },
): Promise<FeatureSource> {
  const { attempt, engine, features } = run;
  const plan = planFeatures({
    spec: attempt.search.spec,
    engine,
    teacherSha256: teacher.sha256,
    datasetHash: data.expectedHash ?? '',
    normalisation: data.normalisation,
    cuts: teacher.cuts.slice(1),
    counts: await run.compute('countImages', data),
  });
  if (plan.kind === 'windows') return plan;
  let reported = 0;
  const folder = await features.complete(
    plan,
    ({ group, from, to }, where, expected) =>
      run.compute('featureChunk', {
        data,
        teacher,
        draws,
        folder: where,
        group,
        from,
        to,
        expected,
      }),
    async (done) => {
      if (done === plan.rows || Date.now() - reported < 1000) return;
      reported = Date.now();
      const note = 'computing teacher features';
      await attempt.progress({ done, total: plan.rows, unit: 'images', perSecond: null, note });
    },
  );
  return { kind: 'stored', folder };
}
