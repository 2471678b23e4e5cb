import type { Draws } from '../compute/feature-groups.ts';
import type { DataRequest } from '../compute/search-data.ts';
import { type TeacherRequest, teacherCuts } from '../compute/teacher-request.ts';
import type { JobRun } from '../job-run.ts';
import { planFeatures } from './feature-plan.ts';

/**
 * Sees to it that the search's teacher features are on disk, when they fit its budget.
 *
 * @returns their folder, or null when the teacher is to compute them batch by batch
 */
export async function completeFeatures(
  run: JobRun,
  { data, teacher, draws }: { data: DataRequest; teacher: TeacherRequest; draws: Draws },
): Promise<string | null> {
  const { attempt, engine, features } = run;
  const { spec } = attempt.search;
  const plan = planFeatures({
    spec,
    engine,
    teacherSha256: teacher.sha256,
    datasetHash: data.expectedHash ?? '',
    cuts: teacherCuts(teacher).slice(1),
    counts: await run.compute('countImages', data),
  });
  if (plan.bytes > spec.featureCacheMegabytes * 1e6) return null;
  let reported = 0;
  return await features.complete(
    plan,
    ({ group, from, to }, folder, expected) =>
      run.compute('featureChunk', { data, teacher, draws, folder, group, from, to, expected }),
    async (done) => {
      if (done === plan.rows || Date.now() - reported < 1000) return;
      reported = Date.now();
      const note = 'computing teacher features';
      await attempt.progress({ done, total: plan.rows, unit: 'images', perSecond: null, note });
    },
  );
}
