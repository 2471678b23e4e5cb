import { assemble, latencyItems, layerCost, networkLatency, parseSpace } from '@blockwise/dna';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from '../backends/open.ts';
import { measureLatency } from './measure-latency.ts';
import { buildPiece } from './piece.ts';

beforeAll(async () => {
  await openEngine('wasm');
});

const space = parseSpace(`
  net same eps0.001
  stem cn_k3_s2_c4_nhs mp_k3_s2
  ops ir_k3_e2_se0.25 ir_k5_e2
  block n2_c6_s2 n1_c8_s2
  block n1_c8_s1 with bt_k3_e0.5_nre er_k3_e2
  head hd_c10_p12_nhs
`);
const task = { inputSize: 32, classes: 5 };
const items = latencyItems(space, task);

describe('measureLatency', () => {
  it('measures every item, and nothing is left', async () => {
    const tensors = tf.memory().numTensors;
    const progress: number[] = [];
    const milliseconds = await measureLatency(items, {
      ...{ batch: 2, repeats: 3, frame: space.frame },
      onProgress: ({ done, total }) => progress.push(done / total),
    });
    expect(tf.memory().numTensors).toBe(tensors);
    expect(Object.keys(milliseconds)).toEqual(items.map(({ key }) => key));
    expect(Object.values(milliseconds).every((time) => time > 0)).toBe(true);
    expect(progress).toEqual(items.map((_, i) => (i + 1) / items.length));
    // With it, the latency of any network of the space is known.
    const choices = [
      { cell: 0, path: [1, 0] },
      { cell: 0, path: [1] },
    ];
    const table = { engine: 'wasm', device: 'here', batch: 2, milliseconds };
    expect(networkLatency(assemble(space, choices), task, table)).toBeGreaterThan(0);
  });

  it('stops when told', async () => {
    let asked = 0;
    const shouldStop = () => ++asked > 2;
    await expect(measureLatency(items, { batch: 1, repeats: 1, shouldStop })).rejects.toMatchObject(
      { code: 'CANCELLED' },
    );
    expect(asked).toBe(3);
  });
});

describe('what is measured', () => {
  it.each(items)('$key has the shape that it is counted with', (item) => {
    const tensors = tf.memory().numTensors;
    const piece = buildPiece(item, 3, space.frame);
    const result = piece.run();
    if ('layer' in item) {
      const { outSize, outChannels } = layerCost(item.layer, item.inChannels, item.inSize);
      expect(result.shape).toEqual([3, outSize, outSize, outChannels]);
    } else {
      const { name, channels } = item.headPart;
      const side = name === 'conv' ? [item.inSize, item.inSize] : [];
      expect(result.shape).toEqual([3, ...side, channels]);
    }
    expect(result.dataSync().every(Number.isFinite)).toBe(true);
    result.dispose();
    piece.dispose();
    expect(tf.memory().numTensors).toBe(tensors);
  });

  it('covers the head', () => {
    const parts = items.flatMap((item) => ('headPart' in item ? [item.headPart.name] : []));
    expect(new Set(parts)).toEqual(new Set(['conv', 'pool', 'hidden', 'fc']));
  });
});
