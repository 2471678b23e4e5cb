import { describe, expect, it } from 'vitest';
import { splitBatch } from './labelled-batch.ts';

describe('splitBatch', () => {
  const labels = [0, 1, 1, 0, 1, 0, 0];
  const batch = { x: Float32Array.from({ length: 14 }, (_, i) => i), labels };
  const split = { classes: 2, labelSmoothing: 0.2, microBatch: 4 };

  it('keeps the order, in parts of about one size', () => {
    const parts = splitBatch({ ...batch, labels }, split);
    expect(parts.map(({ from, count, total }) => [from, count, total])).toEqual([
      [0, 4, 7],
      [4, 3, 7],
    ]);
    expect(parts.flatMap((part) => [...part.x])).toEqual([...batch.x]);
    expect(parts.flatMap((part) => part.labels)).toEqual(labels);
    expect([...(parts[1]?.targets ?? [])].map((target) => target.toFixed(1))).toEqual([
      '0.1',
      '0.9',
      '0.9',
      '0.1',
      '0.9',
      '0.1',
    ]);
    // 9 in parts of 4 at most are 3, 3, 3, and not 4, 4, 1: one image has poor statistics.
    const nine = { x: new Float32Array(9), labels: new Array<number>(9).fill(0) };
    expect(splitBatch(nine, split).map(({ count }) => count)).toEqual([3, 3, 3]);
    expect(splitBatch(nine, { ...split, microBatch: null }).length).toBe(1);
  });

  it('takes soft targets as they are; their greatest is the class', () => {
    const targets = Float32Array.of(0.3, 0.7, 0.6, 0.4, 0.5, 0.5);
    const [part] = splitBatch({ x: new Float32Array(3), targets }, { ...split, microBatch: null });
    expect(part?.targets).toEqual(targets);
    expect(part?.labels).toEqual([1, 0, 0]);
  });
});
