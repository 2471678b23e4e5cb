import { createHash } from 'node:crypto';
import {
  type Confusion,
  exportFormats,
  type JobKind,
  jobKinds,
  searchSpec,
} from '@blockwise/contracts';
import type {
  Attempt,
  CutResult,
  DistilResult,
  ExportResult,
  LatencyResult,
  PlannedNetwork,
  RateResult,
  RetrainResult,
  SolveResult,
  StoredArtifact,
  TeacherResult,
  VerifyResult,
} from '../attempt/attempt.ts';
import { jobsOf } from '../jobs.ts';
import type { EntryRow } from '../leaderboard/rows.ts';
import type { SearchRow } from '../rows.ts';
import { type CellPlan, type StartSearch, startSearch } from '../start-search.ts';
import { localTeamId } from '../team.ts';
import { type TestPlatform, takeAttempt } from './platform.ts';

/** A specification that means nothing to the dna package; these tests never train. */
export const testSpec = searchSpec.parse({
  name: 'two blocks',
  seed: 7,
  dataset: { kind: 'procedural', classes: 3, trainPerClass: 20, testPerClass: 5 },
  teacher: {
    kind: 'train',
    architecture: 'teacher',
    training: { epochs: 1, batch: 8, learningRate: 0.01 },
  },
  space: 'space',
  retrain: { epochs: 1, batch: 8, learningRate: 0.01, networks: 2 },
});

/** Two cells in the first block, one in the second. */
export const testCells: readonly CellPlan[] = [
  { block: 0, index: 0, layers: 1, channels: 16, stride: 1, candidateCount: 6 },
  { block: 0, index: 1, layers: 2, channels: 16, stride: 1, candidateCount: 36 },
  { block: 1, index: 0, layers: 1, channels: 24, stride: 2, candidateCount: 6 },
];

export function startTestSearch(
  { db, queue }: Pick<TestPlatform, 'db' | 'queue'>,
  more: Partial<StartSearch> = {},
): Promise<SearchRow> {
  return startSearch(db, queue, {
    spec: testSpec,
    spaceSize: 2n ** 70n,
    cells: testCells,
    teamId: localTeamId,
    createdById: null,
    ...more,
  });
}

/** An artifact of that name; its bytes exist nowhere. */
export function testArtifact(name: string): StoredArtifact {
  return { sha256: createHash('sha256').update(name).digest('hex'), bytes: 1024 };
}

/** Of as many images in every class; of the last classes each image that is wrong is taken for the next. */
export function testConfusion(images: number, classes: number, top1: number): Confusion {
  const each = images / classes;
  let wrong = images - Math.round(images * top1);
  const rows = Array.from({ length: classes }, (_, i) => classes - 1 - i).map((trueClass) => {
    const here = Math.min(each, wrong);
    wrong -= here;
    const guesses = [
      { trueClass, guessedClass: trueClass, images: each - here },
      { trueClass, guessedClass: (trueClass + 1) % classes, images: here },
    ];
    return guesses
      .filter((count) => count.images > 0)
      .sort((a, b) => a.guessedClass - b.guessedClass);
  });
  return rows.reverse().flat();
}

export const teacherResult: TeacherResult = {
  dataset: {
    kind: 'procedural',
    hash: 'd'.repeat(64),
    classes: ['circle', 'square', 'cross'],
    size: 32,
    trainCount: 60,
    testCount: 15,
    testPart: 'generated',
    // Values that need all 17 digits.
    mean: [1 / 6, 0.1 + 0.2, 3 / 17],
    std: [1 / 7, 0.2, 0.1],
    rejected: [{ file: 'train/cross/9.png', reason: 'truncated' }],
  },
  samples: { ...testArtifact('samples'), columns: 8, labels: [0, 0, 1, 1, 2, 2] },
  teacher: {
    ...testArtifact('teacher'),
    kind: 'train',
    architecture: 'teacher',
    params: 120_000,
    macs: 3_000_000_000,
    top1: 0.8,
    testCount: 15,
    confusion: testConfusion(15, 3, 0.8),
    cuts: [
      { size: 32, channels: 16 },
      { size: 32, channels: 16 },
      { size: 16, channels: 24 },
    ],
  },
};

export function distilResult(name: string): DistilResult {
  return { ...testArtifact(name), finalLoss: 0.25, steps: 100 };
}

export const latencyResult: LatencyResult = {
  engine: 'wasm',
  device: '2 CPU slots',
  batch: 1,
  milliseconds: { stem: 0.1 + 0.2, head: 1 / 3 },
};

/** Losses go up and down over the paths, with ties; costs go up. */
export function rateResult(candidates: number): RateResult {
  const indexes = Array.from({ length: candidates }, (_, i) => i);
  return {
    losses: Float64Array.from(indexes, (i) => (((i * 7) % 11) + 1) / 17),
    errors: Float64Array.from(indexes, (i) => ((i % 5) + 1) / 170),
    kl: Float64Array.from(indexes, (i) => ((i * 5) % 13) / 19),
    top1: Float64Array.from(indexes, (i) => (i % 7) / 7),
    costs: indexes.map((i) => ({
      params: 1000 + i,
      macs: 5_000_000_000 + (i % 4) * 10,
      flopsTool: 5_100_000_000 + i,
      activationBytes: 3_000_000_000 + i,
    })),
    paths: indexes.map((i) => `path-${i}`),
  };
}

/** Networks of the space of {@link testCells}, the best first, each to be trained so many times. */
export function plannedNetworks(count: number, trainings = 1): PlannedNetwork[] {
  return Array.from({ length: count }, (_, i) => ({
    loss: 0.3 + i / 10,
    architecture: `network-${i + 1}`,
    choices: [
      i % 2 === 0 ? { cell: 0, path: [i % 6] } : { cell: 1, path: [i % 6, 1] },
      { cell: 0, path: [2] },
    ],
    params: 90_000 + i,
    macs: 4_000_000_000 + i,
    flopsTool: 4_100_000_000 + i,
    activationBytes: 3_500_000_000 + i,
    latencyMs: null,
    seeds: Array.from({ length: trainings }, (_, training) => 40 + i + 100 * training),
  }));
}

export function solveResult(networks: number, trainings = 1): SolveResult {
  return { networks: plannedNetworks(networks, trainings) };
}

export function retrainResult(name: string, top1: number): RetrainResult {
  return {
    ...testArtifact(name),
    top1,
    confusion: testConfusion(15, 3, top1),
    architecture: `trained ${name}`,
    params: 95_000,
    macs: 4_200_000_000,
    flopsTool: 4_300_000_000,
    activationBytes: 3_600_000_000,
  };
}

export function cutResult(name: string): CutResult {
  return { ...testArtifact(`cut ${name}`), architecture: `cut ${name}`, top1: 0.4 };
}

export function exportResult(name: string): ExportResult {
  const files = exportFormats.map((format) => ({ format, ...testArtifact(`${format} ${name}`) }));
  return { files };
}

/** What honest weights give; `change` is added to every accuracy. */
export function verifyResult(entry: EntryRow | null, change = 0): VerifyResult {
  if (entry === null) throw new Error('the job verifies no entry');
  const { datasetHash, trainings } = entry;
  return { datasetHash, top1s: trainings.map(({ top1 }) => top1 + change) };
}

/** Plays jobs as a trainer that is always lucky, until the search has none of before `until`. */
export async function playUntil(
  platform: Pick<TestPlatform, 'db' | 'queue'>,
  search: SearchRow,
  until: JobKind | 'end',
): Promise<void> {
  const wanted = until === 'end' ? jobKinds : jobKinds.slice(0, jobKinds.indexOf(until));
  let tested = 0;
  for (;;) {
    const jobs = await jobsOf(platform.db, search.id);
    const next = jobs.find(({ kind, state }) => state === 'QUEUED' && wanted.includes(kind));
    if (next === undefined) {
      return;
    }
    await playJob(await takeAttempt(platform, next.kind), 0.7 + 0.05 * tested);
    tested += next.kind === 'retrain' ? 1 : 0;
  }
}

/** Completes an attempt of any kind; `top1` is that of a training. */
export async function playJob(attempt: Attempt, top1 = 0.7): Promise<void> {
  const { job, search, cell, network, retraining, entry } = attempt;
  switch (job.kind) {
    case 'teacher':
      return attempt.completeTeacher(teacherResult);
    case 'latency':
      return attempt.completeLatency(latencyResult);
    case 'distil':
      return attempt.completeDistil(distilResult(`${search.id} ${cell?.id}`));
    case 'rate':
      return attempt.completeRate(rateResult(cell?.candidateCount ?? 0));
    case 'solve':
      return attempt.completeSolve(
        solveResult(search.spec.retrain.networks, search.spec.retrain.seeds),
      );
    case 'retrain':
      return attempt.completeRetrain(retrainResult(retraining?.id ?? '', top1));
    case 'cut':
      return attempt.completeCut(cutResult(network?.id ?? ''));
    case 'export':
      return attempt.completeExport(exportResult(job.exportId ?? ''));
    case 'verify':
      return attempt.completeVerify(verifyResult(entry));
    case 'maps':
      return attempt.completeMaps({ ...testArtifact(job.id), loss: 0.5, mse: 0.25 });
    default:
      return job.kind satisfies never;
  }
}
