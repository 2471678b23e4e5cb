import { expect, test } from 'vitest';
import { readLatencyKey } from './read-latency-key.ts';

test('a key tells the layer, then channels and size that enter', () => {
  expect(readLatencyKey('ir_k3_s2_e6_c24_se0.25@16x112')).toEqual({
    layer: 'ir_k3_s2_e6_c24_se0.25',
    channels: '16',
    size: '112',
  });
});
