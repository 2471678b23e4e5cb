import { SHARE_ENV, Worker } from 'node:worker_threads';
import type { EngineName } from '@blockwise/contracts';
import { createRandom, parseSpace } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, expect, it } from 'vitest';
import { ClassifierTraining } from '../classify/classifier-training.ts';
import { batchOf, network, small } from '../classify/colour-images.fixture.ts';
import { CellTraining } from '../distil/cell-training.ts';
import { rateCell } from '../rating/rate-cell.ts';
import { CellSupernet } from '../supernet.ts';
import { relativeError } from '../tolerance.ts';
import { describeTensorflow } from './describe-engines.ts';
import { openEngine } from './open.ts';

const space = parseSpace(
  'stem cn_k3_s1_c4; ops ir_k3_e2_se0.25 ir_k5_e2_se0.25 ir_k7_e3; block n1_c4_s1; block n2_c4_s2; head hd_c8',
);
const cell = {
  ...{ space, block: 1, cell: 0, seed: 5 },
  teacherIn: { channels: 4, size: 6 },
  teacherOut: { channels: 6, size: 3 },
};

function features(step: number) {
  const random = createRandom('native', step);
  const values = (length: number) => Float32Array.from({ length }, () => random.normal());
  return { x: values(4 * 36 * 4), y: values(4 * 9 * 6), count: 4 };
}

const open: { dispose(): void }[] = [];

afterEach(() => {
  for (const item of open.splice(0)) item.dispose();
});

function cellTraining() {
  const training = new CellTraining({
    ...cell,
    schedule: {
      ...{ kind: 'constant', learningRate: 0.01, decay: 1 },
      ...{ warmupSteps: 0, totalSteps: 100, stepsPerEpoch: 10 },
    },
  });
  open.push(training);
  return training;
}

function classifierTraining() {
  const training = new ClassifierTraining({
    ...{ network, classes: 3, imageSize: 6, seed: 4, totalSteps: 40, stepsPerEpoch: 2 },
    recipe: { ...small, dropout: 0 },
  });
  open.push(training);
  return training;
}

/** What an engine computes, with the same beginnings, for every kind of work. */
const work: Record<string, () => Promise<ArrayLike<number>>> = {
  async 'losses of a cell that trains'() {
    const training = cellTraining();
    const losses: number[] = [];
    for (let step = 0; step < 8; step++) {
      losses.push((await training.step({ ...features(step), step })).loss);
    }
    return losses;
  },
  async 'losses of a classifier that trains'() {
    const training = classifierTraining();
    const losses: number[] = [];
    for (let step = 0; step < 8; step++) {
      losses.push((await training.step({ ...batchOf(step), step })).loss);
    }
    return losses;
  },
  async 'ratings of all paths of a cell'() {
    const supernet = new CellSupernet(cell);
    open.push(supernet);
    const batches = [features(1), features(2)];
    return (await rateCell({ supernet, calibration: features(0), batches })).losses;
  },
};

describeTensorflow('tensorflow', () => {
  it('opens and says what it is', async () => {
    const engine = await openEngine('tensorflow');
    expect(tf.getBackend()).toBe('tensorflow');
    expect(engine.device).toMatch(/^TensorFlow 2\.\d+\.\d+, \w/);
    expect(engine.versions.tensorflow).toMatch(/^2\.\d+\.\d+/);
    expect(Object.keys(engine.versions)).toContainEqual(
      expect.stringMatching(/^@tensorflow\/tfjs-node(-gpu)?$/),
    );
    expect(tf.engine().backend).toBe(tf.findBackend('tensorflow'));
  });

  it.each(Object.entries(work))('agrees with wasm: %s', async (_, compute) => {
    const results = new Map<EngineName, ArrayLike<number>>();
    for (const name of ['wasm', 'tensorflow'] as const) {
      await openEngine(name);
      results.set(name, await compute());
      for (const item of open.splice(0)) item.dispose();
    }
    const [wasm = [], native = []] = [...results.values()];
    expect(wasm.length).toBeGreaterThan(7);
    expect(relativeError(native, wasm)).toBeLessThan(1e-4);
  });

  it('leaves no tensor behind, in tfjs or in TensorFlow', async () => {
    await openEngine('tensorflow');
    const { binding } = tf.backend() as unknown as {
      binding: { getNumOfTensors(): number };
    };
    const count = () => [tf.memory().numTensors, binding.getNumOfTensors()];
    const none = count();
    const trainings = [cellTraining(), classifierTraining()] as const;
    const run = async (from: number, to: number) => {
      for (let step = from; step < to; step++) {
        await trainings[0].step({ ...features(step), step });
        await trainings[1].step({ ...batchOf(step), step });
      }
    };
    // The optimiser's state of a path begins when it is first drawn.
    await run(0, 20);
    const before = count();
    await run(20, 30);
    expect(count()).toEqual(before);
    for (const item of open.splice(0)) item.dispose();
    expect(count()).toEqual(none);
  });

  it('hands a lack of memory to the caller, in the words of TensorFlow', async () => {
    await openEngine('tensorflow');
    // It waits for ten seconds: somebody might free some.
    const vast = () => tf.tidy(() => tf.fill([2 ** 20, 2 ** 20], 1).dataSync());
    expect(vast).toThrow(/OOM when allocating|ResourceExhausted|Resource exhausted/i);
    expect([...tf.add(tf.tensor1d([1]), 2).dataSync()]).toEqual([3]);
  });

  it('opens in two worker threads at once', async () => {
    const answers = await Promise.all([1, 2].map(multiplyInWorker));
    expect(answers).toEqual([
      { name: 'tensorflow', product: [11] },
      { name: 'tensorflow', product: [11] },
    ]);
  });
});

function multiplyInWorker(): Promise<unknown> {
  const worker = new Worker(new URL('./open-in-worker.ts', import.meta.url), {
    workerData: 'tensorflow',
    env: SHARE_ENV,
  });
  return new Promise((resolve, reject) => {
    worker.once('message', (answer) => worker.terminate().then(() => resolve(answer), reject));
    worker.once('error', reject);
  });
}
