import { createHash } from 'node:crypto';
import { searchSpec } from '@blockwise/contracts';
import type {
  Attempt,
  DistilResult,
  RateResult,
  RetrainResult,
  SolveResult,
  StoredArtifact,
  TeacherResult,
} from '../attempt/attempt.ts';
import type { SearchRow } from '../rows.ts';
import { type CellPlan, type StartSearch, startSearch } from '../start-search.ts';
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
    ...more,
  });
}

/** An artifact of that name; its bytes exist nowhere. */
export function testArtifact(name: string): StoredArtifact {
  return { sha256: createHash('sha256').update(name).digest('hex'), bytes: 1024 };
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
  teacher: {
    ...testArtifact('teacher'),
    architecture: 'teacher',
    params: 120_000,
    macs: 3_000_000_000,
    top1: 0.8,
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

/** Losses go up and down over the paths, with ties; costs go up. */
export function rateResult(candidates: number): RateResult {
  const indexes = Array.from({ length: candidates }, (_, i) => i);
  return {
    losses: Float64Array.from(indexes, (i) => (((i * 7) % 11) + 1) / 17),
    costs: indexes.map((i) => ({
      params: 1000 + i,
      macs: 5_000_000_000 + (i % 4) * 10,
      flopsTool: 5_100_000_000 + i,
    })),
    paths: indexes.map((i) => `path-${i}`),
  };
}

export function solveResult(networks: number): SolveResult {
  return {
    networks: Array.from({ length: networks }, (_, i) => ({
      loss: 0.3 + i / 10,
      architecture: `network-${i + 1}`,
      choices: [
        { cell: i % 2, path: [i, 1] },
        { cell: 0, path: [2] },
      ],
      params: 90_000 + i,
      macs: 4_000_000_000 + i,
      flopsTool: 4_100_000_000 + i,
      seed: 40 + i,
    })),
  };
}

export function retrainResult(name: string, top1: number): RetrainResult {
  return { ...testArtifact(name), top1 };
}

/** Plays every job up to and without `until` as a trainer that is always lucky. */
export async function playUntil(
  platform: Pick<TestPlatform, 'db' | 'queue'>,
  search: SearchRow,
  until: 'distil' | 'rate' | 'solve' | 'retrain' | 'end',
  cells: readonly CellPlan[] = testCells,
): Promise<void> {
  await (await takeAttempt(platform, 'teacher')).completeTeacher(teacherResult);
  if (until === 'distil') {
    return;
  }
  for (const _ of cells) {
    const attempt = await takeAttempt(platform, 'distil');
    await attempt.completeDistil(distilResult(`${search.id} ${attempt.cell?.id}`));
  }
  if (until === 'rate') {
    return;
  }
  for (const _ of cells) {
    const attempt = await takeAttempt(platform, 'rate');
    await attempt.completeRate(rateResult(attempt.cell?.candidateCount ?? 0));
  }
  if (until === 'solve') {
    return;
  }
  await (await takeAttempt(platform, 'solve')).completeSolve(solveResult(2));
  if (until === 'retrain') {
    return;
  }
  await finishRetrain(await takeAttempt(platform, 'retrain'), 0.7);
  await finishRetrain(await takeAttempt(platform, 'retrain'), 0.75);
}

async function finishRetrain(attempt: Attempt, top1: number): Promise<void> {
  await attempt.completeRetrain(retrainResult(attempt.network?.id ?? '', top1));
}
