import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cellFeatures, cellTraining } from '../../../packages/engine/bench/cell-workload.ts';
import { type BenchCell, benchCells } from '../../../packages/engine/bench/cells.ts';
import {
  labelledImages,
  networkTraining,
} from '../../../packages/engine/bench/network-workload.ts';
import { benchNetworks } from '../../../packages/engine/bench/networks.ts';
import { planCell, planNetwork, type StepPlan } from '../../../packages/engine/bench/step-plan.ts';
import { type NamedArrays, openEngine } from '../../../packages/engine/src/index.ts';

// What is compared with must be the same: networks, losses, gradients and optimisers.

const python = process.env.BLOCKWISE_PYTHON ?? 'python3';
const hasTorch = spawnSync(python, ['-c', 'import torch']).status === 0;
const missing = hasTorch ? '' : ` (skipped: ${python} has no PyTorch; set BLOCKWISE_PYTHON)`;

const encode = (data: Float32Array | Int32Array, shape: readonly number[]) => ({
  data: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64'),
  dtype: data instanceof Int32Array ? 'int32' : 'float32',
  shape,
});

/** The losses of PyTorch's first steps on one batch, from the given weights. */
function pytorchLosses(
  plan: StepPlan,
  weights: NamedArrays,
  batch: readonly ReturnType<typeof encode>[],
  steps: number,
): number[] {
  const trained = [...weights].filter(([name]) => !name.includes('running_'));
  const question = {
    ...{ ask: 'losses', plan, batch, steps },
    weights: Object.fromEntries(
      trained.map(([name, { data, shape }]) => [name, encode(data as Float32Array, shape)]),
    ),
  };
  const server = path.join(import.meta.dirname, 'serve.py');
  const { stdout, stderr } = spawnSync(python, [server, 'cpu'], {
    input: `${JSON.stringify(question)}\n`,
    encoding: 'utf8',
    // Threads that wait for each other take long on a busy machine.
    env: { ...process.env, OMP_NUM_THREADS: '1' },
    maxBuffer: 2 ** 26,
  });
  const answer = JSON.parse(stdout || JSON.stringify({ error: stderr }));
  expect(answer).not.toHaveProperty('error');
  return answer.losses;
}

/** The losses of both from the same weights, on the same features. */
async function cellLosses(cell: BenchCell, steps: number) {
  await openEngine('wasm');
  const training = cellTraining(cell);
  const weights = await training.weights();
  const features = cellFeatures(cell, cell.batch);
  const plan = { ...planCell(cell), paths: training.pathsOf(0) };
  const ours: number[] = [];
  for (let step = 0; step < steps; step++) {
    ours.push((await training.step({ ...features, step })).loss);
  }
  training.dispose();
  const map = ({ size, channels }: BenchCell['teacherIn']) => [cell.batch, size, size, channels];
  const batch = [encode(features.x, map(cell.teacherIn)), encode(features.y, map(cell.teacherOut))];
  return { ours, theirs: pytorchLosses(plan, weights, batch, steps) };
}

function expectClose(theirs: readonly number[], ours: readonly number[], tolerance: number): void {
  expect(theirs.length).toBe(ours.length);
  theirs.forEach((loss, step) => {
    const expected = ours[step] as number;
    expect(Math.abs(loss - expected) / expected, `step ${step}`).toBeLessThan(tolerance);
  });
}

describe.skipIf(!hasTorch)(`PyTorch's steps are the engine's${missing}`, () => {
  it('in distillation, over several updates', async () => {
    const { ours, theirs } = await cellLosses({ ...benchCells.distil, batch: 3 }, 4);
    expectClose(theirs, ours, 1e-5);
    expect(ours[3]).toBeLessThan(0.99 * (ours[0] as number));
  });

  it('in distillation of all ops', async () => {
    const { ours, theirs } = await cellLosses({ ...benchCells['distil-small'], batch: 4 }, 1);
    expectClose(theirs, ours, 1e-5);
  });

  it('in retraining, over several updates', async () => {
    await openEngine('wasm');
    const bench = { ...benchNetworks.retrain, batch: 8 };
    const training = networkTraining(bench);
    const weights = await training.weights();
    const { x, labels } = labelledImages(bench, bench.batch);
    const ours: number[] = [];
    for (let step = 0; step < 4; step++) {
      ours.push((await training.step({ x, labels, step })).loss);
    }
    training.dispose();
    const batch = [encode(x, [8, 32, 32, 3]), encode(Int32Array.from(labels), [8])];
    expectClose(pytorchLosses(planNetwork(bench), weights, batch, 4), ours, 1e-4);
    expect(ours[3]).toBeLessThan(0.99 * (ours[0] as number));
  });
});
