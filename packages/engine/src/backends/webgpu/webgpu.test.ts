import { Worker } from 'node:worker_threads';
import { parseSpace } from '@blockwise/dna';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, expect, it } from 'vitest';
import { CellTraining } from '../../distil/cell-training.ts';
import { openEngine } from '../open.ts';
import { checkOracle } from '../oracle-check.ts';
import { selfTest } from '../self-test.ts';
import { describeWebgpu } from './describe-webgpu.ts';

const unset = process.env.NATIVE_FOLDER;

afterEach(() => {
  if (unset === undefined) delete process.env.NATIVE_FOLDER;
  else process.env.NATIVE_FOLDER = unset;
});

it('says how to set webgpu up where it is not', async () => {
  process.env.NATIVE_FOLDER = '/nowhere';
  await expect(openEngine('webgpu')).rejects.toMatchObject({
    code: 'ENGINE_UNAVAILABLE',
    message: 'WebGPU is not set up: "npm run native -- --webgpu" does it.',
  });
});

describeWebgpu('webgpu', () => {
  const allowSoftware = true;

  it('computes what PyTorch does, and leaves nothing behind', async () => {
    const engine = await openEngine('webgpu', { allowSoftware });
    expect(tf.getBackend()).toBe('webgpu');
    expect(engine.versions).toHaveProperty('webgpu');
    const { numTensors } = tf.memory();
    expect(await checkOracle('webgpu')).toMatchObject({ passed: true });
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it('takes no more memory after more steps', async () => {
    await openEngine('webgpu', { allowSoftware });
    const space = parseSpace(`
      stem cn_k3_s1_c8
      ops ir_k3_e2_se0.25
      block n1_c8_s1
      block n1_c8_s1
      head hd_c8
    `);
    const shape = { channels: 8, size: 4 };
    const training = new CellTraining({
      ...{ space, block: 1, cell: 0, teacherIn: shape, teacherOut: shape, seed: 1 },
      schedule: {
        ...{ kind: 'constant', learningRate: 0.01, warmupSteps: 0, decay: 1 },
        ...{ totalSteps: 20, stepsPerEpoch: 20 },
      },
    });
    const features = Float32Array.from({ length: 2 * 16 * 8 }, (_, i) => Math.sin(i));
    const backend = tf.backend() as WebGPUBackend;
    const after = async (from: number, to: number) => {
      for (let step = from; step < to; step++) {
        await training.step({ x: features, y: features, count: 2, step });
      }
      const { numBytesInGPU, numBytesAllocatedInGPU } = backend.memory();
      return { numBytesInGPU, numBytesAllocatedInGPU, tensors: tf.memory().numTensors };
    };
    const early = await after(0, 3);
    expect(await after(3, 9)).toEqual(early);
    training.dispose();
  });

  it('refuses a GPU that is not there, and says how many are', async () => {
    const { available, reason } = await selfTest('webgpu', { allowSoftware, device: 99 });
    expect(available).toBe(false);
    expect(reason).toMatch(/^There is no GPU 99: WebGPU found \d+ \(0 .+\)\.$/);
  });

  it('takes the processor for a GPU only where that is allowed', async () => {
    const { reason, available } = await selfTest('webgpu', { speed: false });
    // On a machine with a GPU there is nothing to refuse.
    if (!available) expect(reason).toContain('set ALLOW_SOFTWARE_GPU=true');
    const allowed = await selfTest('webgpu', { speed: false, allowSoftware, device: 0 });
    expect(allowed).toMatchObject({ available: true, reason: null, oracle: { passed: true } });
  });

  it('does not read in place what the GPU has yet to compute', async () => {
    await openEngine('webgpu', { allowSoftware });
    const sum = tf.add(tf.ones([64, 64]), tf.ones([64, 64]));
    expect(() => sum.dataSync()).toThrow('data() in place of dataSync()');
    expect((await sum.data()).every((value) => value === 2)).toBe(true);
    sum.dispose();
  });

  it('runs in two worker threads at once, whose failures are their own', async () => {
    const threads = ['sound', 'broken'].map(
      (workerData) =>
        new Worker(new URL('./compute-in-worker.ts', import.meta.url), { workerData }),
    );
    const answers = await Promise.all(
      threads.map(
        (thread) =>
          new Promise((resolve, reject) => {
            thread.once('message', resolve);
            thread.once('error', reject);
          }),
      ),
    );
    await Promise.all(threads.map((thread) => thread.terminate()));
    const [sound, broken] = answers;
    expect(sound).toEqual({ values: [11] });
    expect(broken).toMatchObject({ error: expect.stringMatching(/buffer/i) });
  });
});
