import { exportFormats } from '@blockwise/contracts';
import type { CellRow, NetworkRow } from '@blockwise/db';
import {
  type TestPlatform,
  takeAttempt,
  testArtifact,
  testConfusion,
  verifyResult,
} from '@blockwise/db/testing';
import {
  cellCosts,
  type LatencyTable,
  latencyItems,
  networkCost,
  networkCuts,
  parseNetwork,
  parseSpace,
  pathCount,
  pathFromIndex,
  printPath,
  solve,
} from '@blockwise/dna';
import { zipSync } from 'fflate';
import type { TestApi } from './test-api.ts';

/** Three operations; cells of 3, 9 and 9 paths; 108 networks. */
const spaceText = [
  'stem cn_k3_s2_c8',
  'ops ir_k3_e3 ir_k5_e6_se0.25 ir_k7_e3',
  'block n1_c8_s1 n2_c8_s1',
  'block n2_c16_s2',
  'head hd_c32',
].join('\n');
export const space = parseSpace(spaceText);
const teacherText = 'cn_k3_s2_c8 | ir_k3_s1_e3_c12 | ir_k3_s2_e3_c16 | hd_c32';
export const task = { inputSize: 16, classes: 3 };

/** A specification that fits together, as `SearchSpecInput`. */
export const specInput = {
  name: 'tiny',
  seed: 3,
  dataset: { procedural: { classes: 3, size: 16, trainPerClass: 40, testPerClass: 10 } },
  ratingPerClass: 8,
  teacher: {
    train: { architecture: teacherText, training: { epochs: 1, batch: 8, learningRate: 0.01 } },
  },
  space: spaceText,
  retrain: { epochs: 1, batch: 8, learningRate: 0.01, networks: 2 },
};

/** Starts a search through the API; answers its opaque id. */
export async function startSearch(
  api: Pick<TestApi, 'ask'>,
  spec: object = specInput,
  team?: string,
): Promise<string> {
  const { startSearch: search } = await api.ask(
    'mutation ($input: StartSearchInput!) { startSearch(input: $input) { id } }',
    { input: { spec, team } },
  );
  return search.id;
}

/** The rating of a path in these tests: no two of a cell are alike. */
export function testLoss(block: number, cell: number, index: number): number {
  return 1 + ((index * 5 + block * 3 + cell) % 9) / 10 + index / 1000;
}

export async function playTeacher(platform: TestPlatform): Promise<void> {
  const attempt = await takeAttempt(platform, 'teacher');
  const teacher = parseNetwork(teacherText);
  const { params, macs } = networkCost(teacher, task);
  await attempt.completeTeacher({
    dataset: {
      kind: 'procedural',
      hash: 'a'.repeat(64),
      classes: ['circle', 'cross', 'square'],
      size: task.inputSize,
      trainCount: 120,
      testCount: 30,
      testPart: 'generated',
      mean: [0.5, 0.4, 0.3],
      std: [0.2, 0.2, 0.1],
      rejected: [{ file: 'train/cross/9.png', reason: 'truncated' }],
    },
    samples: { ...testArtifact('samples'), columns: 8, labels: [0, 0, 1, 1, 2, 2] },
    teacher: {
      ...testArtifact('teacher'),
      kind: 'train',
      architecture: teacherText,
      params,
      macs,
      top1: 0.8,
      testCount: 30,
      confusion: testConfusion(30, 3, 0.8),
      cuts: networkCuts(teacher, task.inputSize),
    },
  });
}

/** Distils the next cell, with a curve of `steps` points on the way. */
export async function playDistil(platform: TestPlatform, steps = 4): Promise<void> {
  const attempt = await takeAttempt(platform, 'distil');
  const range = Array.from({ length: steps }, (_, i) => i + 1);
  await attempt.progress({ done: 1, total: steps, unit: 'steps', perSecond: 2, note: null });
  await attempt.appendCurves([
    {
      key: 'loss',
      steps: range,
      values: range.map((step) => 1 / step),
      wallTimes: range.map((step) => 1_700_000_000 + step / 10),
    },
  ]);
  await attempt.completeDistil({
    ...testArtifact(`cell ${attempt.cell?.id}`),
    finalLoss: 0.25,
    steps,
  });
}

export async function playRate(platform: TestPlatform): Promise<void> {
  const attempt = await takeAttempt(platform, 'rate');
  const { block, index: cell } = cellOf(attempt.cell);
  const indices = Array.from({ length: pathCount(space, block, cell) }, (_, i) => i);
  await attempt.completeRate({
    losses: indices.map((index) => testLoss(block, cell, index)),
    errors: indices.map((index) => index / 1000),
    kl: null,
    top1: null,
    costs: cellCosts(space, block, cell, 8, 8),
    paths: indices.map((index) => printPath(pathFromIndex(space, block, cell, index))),
  });
}

export async function playSolve(platform: TestPlatform): Promise<void> {
  const attempt = await takeAttempt(platform, 'solve');
  const ratings = space.blocks.flatMap(({ cells }, block) =>
    cells.map((_, cell) => ({
      block,
      cell,
      losses: Array.from({ length: pathCount(space, block, cell) }, (_, index) =>
        testLoss(block, cell, index),
      ),
    })),
  );
  const solutions = solve(space, task, ratings, { constraints: {}, topK: 2 });
  await attempt.completeSolve({
    networks: solutions.map(({ choices, loss, arch, cost }, i) => ({
      choices,
      loss,
      architecture: arch,
      latencyMs: null,
      seeds: [i],
      ...cost,
    })),
  });
}

/**
 * @param top1 of the network, or how it follows from it
 * @param trainedAs the network as trained, where that is another
 */
export async function playRetrain(
  platform: TestPlatform,
  top1: number | ((network: NetworkRow) => number),
  trainedAs: (network: NetworkRow) => string = (network) => network.architecture,
): Promise<void> {
  const attempt = await takeAttempt(platform, 'retrain');
  const network = networkOf(attempt.network);
  const architecture = trainedAs(network);
  const accuracy = typeof top1 === 'number' ? top1 : top1(network);
  const { params, macs, flopsTool, activationBytes } = networkCost(
    parseNetwork(architecture),
    task,
  );
  await attempt.completeRetrain({
    ...testArtifact(`training ${attempt.retraining?.id}`),
    architecture,
    params,
    macs,
    flopsTool,
    activationBytes,
    top1: accuracy,
    confusion: testConfusion(30, 3, accuracy),
  });
}

/** A table in which a layer's time depends on its name only, so that it follows no other cost. */
export const testLatency: LatencyTable = {
  engine: 'wasm',
  device: '2 CPU slots',
  batch: 1,
  milliseconds: Object.fromEntries(
    latencyItems(space, task).map(({ key }, i) => [key, ((i * 7) % 11) / 10 + 0.1]),
  ),
};

export async function playLatency(platform: TestPlatform): Promise<void> {
  const attempt = await takeAttempt(platform, 'latency');
  await attempt.completeLatency(testLatency);
}

/** @param teacherWidths of the weights between blocks, where they are not the network's */
export async function playCut(
  platform: TestPlatform,
  top1: number,
  teacherWidths?: string,
): Promise<void> {
  const attempt = await takeAttempt(platform, 'cut');
  const architecture = teacherWidths ?? networkOf(attempt.network).architecture;
  await attempt.completeCut({ ...testArtifact(`cut ${attempt.job.id}`), architecture, top1 });
}

/** Makes the next export: one file in an archive of every format, stored for real. */
export async function playExport({ platform, artifacts }: TestApi): Promise<void> {
  const attempt = await takeAttempt(platform, 'export');
  const files = [];
  for (const format of exportFormats) {
    const text = new TextEncoder().encode(`${format} of ${attempt.export?.weightsSha256}`);
    const archive = zipSync({ 'network.txt': text });
    files.push({ format, ...(await artifacts.put(archive)) });
  }
  await attempt.completeExport({ files });
}

/** Evaluates the weights of the next entry: they are as good as it says, unless told. */
export async function playVerify(platform: TestPlatform, change = 0): Promise<void> {
  const attempt = await takeAttempt(platform, 'verify');
  await attempt.completeVerify(verifyResult(attempt.entry, change));
}

/** Plays a search up to the end of a phase; after the last one its entries are verified too. */
export async function playThrough(
  platform: TestPlatform,
  last: 'teacher' | 'distil' | 'rate' | 'solve' | 'retrain',
): Promise<void> {
  await playTeacher(platform);
  if (last === 'teacher') return;
  for (let cell = 0; cell < 3; cell++) await playDistil(platform);
  if (last === 'distil') return;
  for (let cell = 0; cell < 3; cell++) await playRate(platform);
  if (last === 'rate') return;
  await playSolve(platform);
  if (last === 'solve') return;
  await playRetrain(platform, 0.6);
  await playRetrain(platform, 0.7);
  await playVerify(platform);
  await playVerify(platform);
}

function networkOf(network: NetworkRow | null): NetworkRow {
  if (network === null) {
    throw new Error('the job has no network');
  }
  return network;
}

function cellOf(cell: CellRow | null): CellRow {
  if (cell === null) {
    throw new Error('the job has no cell');
  }
  return cell;
}
