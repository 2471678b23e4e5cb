import { createRandom, parseSpace } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { openEngine } from '../backends/open.ts';
import { MicroBatch } from '../memory/micro-batch.ts';
import { takeMemory } from '../memory/wasm-ballast.ts';
import { CellSupernet } from '../supernet.ts';
import { relativeError } from '../tolerance.ts';
import { rateCell } from './rate-cell.ts';

beforeAll(async () => {
  await openEngine('wasm');
});

const shape = { channels: 8, size: 32 };
const space = parseSpace(
  'stem cn_k3_s1_c4; ops ir_k3_e6 ir_k3_e3; block n1_c8_s1; block n2_c8_s1; head hd_c8',
);

function batchOf(name: string, count: number) {
  const random = createRandom('rating-memory', name);
  const values = () => Float32Array.from({ length: count * 32 * 32 * 8 }, () => random.normal());
  return { x: values(), y: values(), count };
}

it('a rating that runs out of memory begins again with smaller parts, to the same losses', async () => {
  const supernet = new CellSupernet({
    ...{ space, block: 1, cell: 0, teacherIn: shape, teacherOut: shape, seed: 3 },
  });
  const batches = [batchOf('a', 64), batchOf('b', 64)];
  const options = { supernet, calibration: batchOf('calibration', 8), batches };
  const expected = await rateCell(options);
  const { numTensors, numDataBuffers } = tf.memory();
  const told: string[] = [];
  const onHalved = (words: string) => told.push(words);
  // One map of a batch, six times wider inside an op, is 12 MiB.
  const giveBack = takeMemory(40 * 2 ** 20);
  const microBatch = new MicroBatch({ size: null, onOutOfMemory: 'halve', onHalved });
  const rated = await rateCell({ ...options, microBatch }).finally(giveBack);
  expect(told[0]).toContain(
    'Block 2, cell 1: the rating of 4 paths on batches of 64 images of 32×32×8 to 32×32×8, ' +
      'beside 8 for the calibration, 64 at once, needs more memory',
  );
  expect(microBatch.size).toBe(64 / 2 ** told.length);
  expect(relativeError(rated.losses, expected.losses)).toBeLessThan(1e-6);
  expect(relativeError(rated.errors ?? [], expected.errors ?? [])).toBeLessThan(1e-4);
  expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
  supernet.dispose();
});
