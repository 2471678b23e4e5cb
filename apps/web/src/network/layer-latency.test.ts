import { latencyItems, networkLatency, parseNetwork, spaceOf } from '@blockwise/dna';
import { expect, test } from 'vitest';
import { readArchitecture } from '../pictures/read-architecture.ts';
import { layerLatencies } from './layer-latency.ts';

const space = spaceOf(`stem cn_k3_s1_c16
ops ir_k3_e3 ir_k5_e6
block n2_c24_s2
head hd_c64_p32`);
const task = { inputSize: 32, classes: 10 };
const text = 'cn_k3_s1_c16 | ir_k3_s2_e3_c24 ir_k5_s1_e6_c24 | hd_c64_p32';

test('every layer has its measured time, and together they are the network’s', () => {
  const items = latencyItems(space, task).map(({ key }, at) => ({ key, milliseconds: 1 + at / 7 }));
  const architecture = readArchitecture(text, task);
  if (architecture === null) throw new Error('is a network');
  const times = layerLatencies(architecture, items);
  expect([...times.keys()]).toEqual(architecture.layers.map(({ key }) => key));
  const table = {
    ...{ engine: 'cpu', device: 'test', batch: 1 },
    milliseconds: Object.fromEntries(items.map((item) => [item.key, item.milliseconds])),
  };
  const sum = [...times.values()].reduce((a, b) => a + b, 0);
  expect(sum).toBeCloseTo(networkLatency(parseNetwork(text), task, table), 12);
  expect(layerLatencies(architecture, items.slice(1)).has('stem.1')).toBe(false);
});
