import { searchSpec } from '../../../packages/contracts/src/index.ts';
import {
  type Attempt,
  beginAttempt,
  type CellPlan,
  type Database,
  localTeamId,
  type Queue,
  startSearch,
} from '../../../packages/db/src/index.ts';
import {
  boundaryShapes,
  cellCosts,
  createRandom,
  parseSpace,
  pathCount,
  pathFromIndex,
  printPath,
  type SearchSpace,
  spaceSize,
} from '../../../packages/dna/src/index.ts';
import { trainerOf } from './trainer.ts';

/** What there is to ask for; ids are those of rows. */
export interface Seeded {
  /** Of 46,656 rated paths, the first cell of `search`. */
  readonly cellId: string;
  /** A search all of whose cells are rated. */
  readonly searchId: string;
  /** Finished, each with curves of all of {@link curveKeys}. */
  readonly jobIds: readonly string[];
  /** The search of these jobs. */
  readonly curvesId: string;
}

export const curveKeys: readonly string[] = [
  'loss',
  ...Array.from({ length: 9 }, (_, i) => `metric_${i + 1}`),
];
export const pointsOfCurve = 10_000;
export const jobCount = 100;
/** A single point of each curve is as high as nothing else of it: thinning has to keep it. */
export const spike = 1000;

const pointsOfChunk = 100;
const cellSize = 46_656;

const ops = 'ops ir_k3_e3 ir_k5_e3 ir_k7_e3 ir_k3_e6 ir_k5_e6 ir_k7_e6';
const ratedText = [
  'stem cn_k3_s2_c16',
  ops,
  'block n6_c24_s2',
  'block n4_c40_s2',
  'block n4_c80_s1',
  'head hd_c128',
].join('\n');
const task = { inputSize: 64, classes: 10 };

/** The same rows at each call on an empty database. */
export async function seed(db: Database, queue: Queue): Promise<Seeded> {
  const rated = await rateSearch(db, queue);
  const curves = await finishCurves(db, queue);
  // As a database that runs for a while has counted its rows.
  await db.prisma.$executeRawUnsafe('ANALYZE');
  return { ...rated, ...curves };
}

/** A search whose cells can be distilled: its teacher is done. */
export async function startCells(
  db: Database,
  queue: Queue,
  name: string,
  text: string,
): Promise<string> {
  const space = parseSpace(text);
  const { id } = await startSearch(db, queue, {
    spec: specOf(name, text),
    spaceSize: spaceSize(space),
    cells: cellsOf(space),
    teamId: localTeamId,
    createdById: null,
  });
  await completeTeacher(await take(db, queue, 'teacher'), space);
  return id;
}

/** A space of small cells that nobody rates; as many jobs. */
export function plainSpace(cells: number): string {
  const blocks = Array.from({ length: cells }, () => 'block n1_c16_s1');
  return ['stem cn_k3_s2_c16', ops, ...blocks, 'head hd_c128'].join('\n');
}

function cellsOf(space: SearchSpace): CellPlan[] {
  return space.blocks.flatMap(({ cells }, block) =>
    cells.map((cell, index) => {
      const candidateCount = pathCount(space, block, index);
      return { block, index, ...cell, candidateCount };
    }),
  );
}

function shapesOf(space: SearchSpace) {
  return boundaryShapes(space, task).map(([shape = { channels: 16, size: 32 }]) => shape);
}

async function rateSearch(db: Database, queue: Queue) {
  const space = parseSpace(ratedText);
  const shapes = shapesOf(space);
  const searchId = await startCells(db, queue, 'rated paths', ratedText);
  const cells = cellsOf(space);
  for (const _ of cells) {
    const attempt = await take(db, queue, 'distil');
    await attempt.completeDistil({ ...artifact(attempt.job.id), finalLoss: 0.25, steps: 10 });
  }
  let cellId = '';
  for (const _ of cells) {
    const attempt = await take(db, queue, 'rate');
    const { block = 0, candidateCount = 0, id = '' } = attempt.cell ?? {};
    if (candidateCount === cellSize) cellId = id;
    const random = createRandom('bench', block);
    const indexes = Array.from({ length: candidateCount }, (_, i) => i);
    const column = () => Float64Array.from(indexes, () => random.next());
    const { channels = 0, size = 0 } = shapes[block] ?? {};
    await attempt.completeRate({
      ...{ losses: column(), errors: column(), kl: column(), top1: column() },
      costs: cellCosts(space, block, 0, channels, size),
      paths: indexes.map((i) => printPath(pathFromIndex(space, block, 0, i))),
    });
  }
  return { searchId, cellId };
}

/**
 * Chunks as a hundred flushes of a trainer leave them, written by one statement a job; the attempt
 * then completes the job, which keeps the thinned curves.
 */
async function finishCurves(db: Database, queue: Queue) {
  const curvesId = await startCells(db, queue, 'curves', plainSpace(jobCount));
  const jobIds: string[] = [];
  for (let job = 0; job < jobCount; job++) {
    const attempt = await take(db, queue, 'distil');
    await db.prisma.$executeRaw`
      INSERT INTO curve_chunk (job_id, key, first_step, last_step, steps, values, wall_times)
      SELECT ${attempt.job.id}::uuid, key, min(step), max(step), array_agg(step ORDER BY step),
        array_agg(CASE WHEN step = ${spikeStep(job)}::int THEN ${spike}::float8
          ELSE 0.2::float8 + exp(-step / 3000.0::float8) + sin(step * 12.9898::float8 + ${job}::int) / 10 END
          ORDER BY step),
        array_agg(1700000000::float8 + step / 10.0::float8 ORDER BY step)
      FROM unnest(${[...curveKeys]}::text[]) AS key, generate_series(1, ${pointsOfCurve}::int) AS step
      GROUP BY key, (step - 1) / ${pointsOfChunk}::int`;
    await attempt.completeDistil({
      ...artifact(attempt.job.id),
      ...{ finalLoss: 0.25, steps: pointsOfCurve },
    });
    jobIds.push(attempt.job.id);
  }
  return { curvesId, jobIds };
}

/** Where the spike of a job's curves is. */
export function spikeStep(job: number): number {
  return 1 + ((job * 7919 + 4321) % pointsOfCurve);
}

async function take(
  db: Database,
  queue: Queue,
  kind: 'teacher' | 'distil' | 'rate',
): Promise<Attempt> {
  const delivery = await queue.fetch(kind);
  const attempt =
    delivery && (await beginAttempt(db, queue, delivery, { trainer: trainerOf('seed') }));
  if (attempt === null) throw new Error(`No ${kind} job is queued.`);
  return attempt;
}

async function completeTeacher(attempt: Attempt, space: SearchSpace): Promise<void> {
  await attempt.completeTeacher({
    dataset: {
      ...{ kind: 'procedural', hash: 'b'.repeat(64), size: task.inputSize },
      classes: Array.from({ length: task.classes }, (_, i) => `class ${i}`),
      ...{ trainCount: 1000, testCount: 100, testPart: 'generated', rejected: [] },
      ...{ mean: [0.5, 0.5, 0.5], std: [0.2, 0.2, 0.2] },
    },
    samples: null,
    teacher: {
      ...artifact('teacher'),
      ...{ kind: 'train', architecture: 'teacher', params: 1000, macs: 1000 },
      ...{ top1: 0.8, testCount: 100, confusion: null, cuts: shapesOf(space) },
    },
  });
}

/** What is asked of every search here. */
export function specOf(name: string, space = ratedText) {
  const training = { epochs: 1, batch: 8, learningRate: 0.01 };
  return searchSpec.parse({
    ...{ name, seed: 7, space },
    dataset: { kind: 'procedural', classes: task.classes, trainPerClass: 100, testPerClass: 10 },
    teacher: { kind: 'train', architecture: 'teacher', training },
    retrain: { ...training, networks: 2 },
  });
}

/** Its bytes exist nowhere. */
function artifact(name: string) {
  return { sha256: Buffer.from(name).toString('hex').padEnd(64, '0').slice(-64), bytes: 1024 };
}
