import { pathFromIndex, spaceOf } from '@blockwise/dna';
import type { CellPlaceRequest, CellRequest } from '../compute/cell.ts';
import type { EarlierBlocks } from '../compute/earlier-blocks.ts';
import type { DataRequest } from '../compute/search-data.ts';
import type { TeacherRequest } from '../compute/teacher-request.ts';
import { completeFeatures } from '../features/complete-features.ts';
import type { JobRun } from '../job-run.ts';
import type { HeldJob } from '../jobs/job-source.ts';

/** The images that a search's specification names. */
export async function dataRequest({ attempt }: JobRun): Promise<DataRequest> {
  const { spec } = attempt.search;
  return {
    source: spec.dataset,
    seed: spec.seed,
    ratingPerClass: spec.ratingPerClass,
    calibrationImages: spec.rating.calibrationImages,
    normalisation: await attempt.inputs.normalisation(),
    expectedHash: attempt.dataset?.hash ?? null,
  };
}

/** The search's teacher with its weights. */
export async function teacherRequest({ attempt, artifacts }: JobRun): Promise<TeacherRequest> {
  const { dataset, teacher } = attempt;
  if (!dataset || !teacher) throw new Error(`job ${attempt.job.id} came before its teacher`);
  return {
    ...modelOf(teacher),
    classes: dataset.classes.length,
    imageSize: dataset.size,
    weights: await artifacts.get(teacher.sha256),
  };
}

/** What a stored teacher is, without its weights. */
export function modelOf({ kind, architecture, cuts, sha256 }: NonNullable<HeldJob['teacher']>) {
  const model = kind === 'layersModel' ? ('layersModel' as const) : ('network' as const);
  return { kind: model, architecture, cuts, sha256 };
}

/** The cell of a job. */
export async function cellPlaceRequest(run: JobRun): Promise<CellPlaceRequest> {
  const { cell, search, job } = run.attempt;
  if (!cell) throw new Error(`job ${job.id} has no cell`);
  const { spec } = search;
  const [data, teacher] = await Promise.all([dataRequest(run), teacherRequest(run)]);
  return {
    data,
    teacher,
    space: spec.space,
    block: cell.block,
    cell: cell.index,
    onOutOfMemory: spec.onOutOfMemory,
    strategy: spec.distil.strategy,
    earlier: await earlierBlocks(run),
  };
}

/** The cell of a distil or rate job, its features completed or to be computed on the way. */
export async function cellRequest(run: JobRun): Promise<CellRequest> {
  const { spec } = run.attempt.search;
  const place = await cellPlaceRequest(run);
  const { data, teacher, onOutOfMemory } = place;
  const passes = { microBatch: spec.features.microBatch, onOutOfMemory };
  const draws = { augment: spec.distil.augment, seed: spec.seed };
  return {
    ...place,
    draws,
    passes,
    features: await completeFeatures(run, { data, teacher, draws, passes }),
  };
}

/** The best rated paths before a block, with what they are paths of where that stays as it is. */
async function earlierBlocks({ attempt, artifacts }: JobRun): Promise<EarlierBlocks> {
  const { search, inputs } = attempt;
  const { strategy } = search.spec.distil;
  if (strategy === 'dna') return { pools: [], supernets: [] };
  const pools = await inputs.pools();
  const space = spaceOf(search.spec.space);
  const cells = strategy === 's2' ? await inputs.cells() : [];
  const supernets = cells.filter(({ block, index }) =>
    pools[block]?.some(({ cell }) => cell === index),
  );
  return {
    pools: pools.map((pool, before) =>
      pool.map(({ cell, index }) => ({ cell, path: pathFromIndex(space, before, cell, index) })),
    ),
    supernets: await Promise.all(
      supernets.map(async ({ block: before, index, sha256 }) => ({
        block: before,
        cell: index,
        weights: await artifacts.get(sha256 ?? ''),
      })),
    ),
  };
}
