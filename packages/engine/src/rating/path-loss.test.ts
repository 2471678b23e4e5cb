import { createRandom, parseSpace, pathFromIndex } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { openEngine } from '../backends/open.ts';
import type { FeatureBatch } from '../distil/feature-batch.ts';
import { CellSupernet } from '../supernet.ts';
import { pathLoss, pathOutput } from './path-loss.ts';
import { rateCell } from './rate-cell.ts';

beforeAll(async () => {
  await openEngine('cpu');
});

test('the loss of a path alone is the one that the shared rating gives it, and nothing leaks', async () => {
  const space = parseSpace(
    'stem cn_k3_s2_c4; ops ir_k3_e2_se0.25 ir_k5_e1_se0.25; block n2_c4_s2; head hd_c8',
  );
  const teacherIn = { channels: 3, size: 8 };
  const teacherOut = { channels: 5, size: 2 };
  const supernet = new CellSupernet({ space, block: 0, cell: 0, teacherIn, teacherOut, seed: 1 });
  const random = createRandom('path-loss');
  const batchOf = (count: number): FeatureBatch => ({
    x: Float32Array.from({ length: count * 8 * 8 * 3 }, random.normal),
    y: Float32Array.from({ length: count * 2 * 2 * 5 }, random.normal),
    count,
  });
  const [calibration, batch] = [batchOf(6), batchOf(4)];
  const { losses } = await rateCell({ supernet, calibration, batches: [batch] });
  const { losses: squares } = await rateCell({
    ...{ supernet, calibration, batches: [batch], measure: 'mseOverVariance' },
  });
  const mean = batch.y.reduce((sum, value) => sum + value, 0) / batch.y.length;
  const deviations = batch.y.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const variance = deviations / (batch.y.length - 1);
  const tensors = tf.memory().numTensors;
  for (const [index, loss] of losses.entries()) {
    const path = pathFromIndex(space, 0, 0, index);
    const alone = await pathLoss({ supernet, path, calibration, batch });
    expect(alone).toBeCloseTo(loss, 5);
    const { loss: shown, output } = await pathOutput({ supernet, path, calibration, batch });
    expect(shown).toBe(alone);
    // By another measure, and from the maps themselves.
    const error = output.reduce((sum, value, i) => sum + (value - (batch.y[i] ?? 0)) ** 2, 0);
    const [squared = 0] = squares.slice(index, index + 1);
    expect(error / output.length).toBeCloseTo(squared * variance, 5);
  }
  expect(tf.memory().numTensors).toBe(tensors);
  expect(new Set(losses).size).toBe(4);
  supernet.dispose();
});
