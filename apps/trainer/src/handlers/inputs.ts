import type { CellRequest } from '../compute/cell.ts';
import type { DataRequest } from '../compute/search-data.ts';
import type { TeacherRequest } from '../compute/teacher-request.ts';
import { completeFeatures } from '../features/complete-features.ts';
import type { JobRun } from '../job-run.ts';

/** The images that a search's specification names. */
export function dataRequest({ attempt }: JobRun): DataRequest {
  const { spec } = attempt.search;
  return {
    source: spec.dataset,
    seed: spec.seed,
    ratingPerClass: spec.ratingPerClass,
    calibrationImages: spec.rating.calibrationImages,
    expectedHash: attempt.dataset?.hash ?? null,
  };
}

/** The search's teacher with its weights. */
async function teacherRequest({ attempt, artifacts }: JobRun): Promise<TeacherRequest> {
  const { dataset, teacher } = attempt;
  if (!dataset || !teacher) throw new Error(`job ${attempt.job.id} came before its teacher`);
  return {
    architecture: teacher.architecture,
    classes: dataset.classes.length,
    imageSize: dataset.size,
    sha256: teacher.sha256,
    weights: await artifacts.get(teacher.sha256),
  };
}

/** The cell of a distil or rate job, its features completed or to be computed on the way. */
export async function cellRequest(run: JobRun): Promise<CellRequest> {
  const { cell, search, job } = run.attempt;
  if (!cell) throw new Error(`job ${job.id} has no cell`);
  const { spec } = search;
  const data = dataRequest(run);
  const teacher = await teacherRequest(run);
  const draws = { augment: spec.distil.augment, seed: spec.seed };
  return {
    data,
    teacher,
    space: spec.space,
    block: cell.block,
    cell: cell.index,
    draws,
    featureFolder: await completeFeatures(run, { data, teacher, draws }),
  };
}
