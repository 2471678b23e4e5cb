import { describe, expect, it } from 'vitest';
import { splitBatch } from './labelled-batch.ts';

describe('splitBatch', () => {
  const labels = [0, 1, 1, 0, 1, 0, 0];
  const batch = { x: Float32Array.from({ length: 14 }, (_, i) => i), labels };
  const split = { classes: 2, labelSmoothing: 0.2, microBatch: 4 };

  it('keeps the order, in parts of about one size', () => {
    const parts = splitBatch({ ...batch, labels }, split);
    expect(parts.map(({ from, count, total }) => [from, count, total])).toEqual([
      [0, 3, 7],
      [3, 4, 7],
    ]);
    expect(parts.flatMap((part) => [...part.x])).toEqual([...batch.x]);
    expect(parts.flatMap((part) => part.labels)).toEqual(labels);
    expect([...(parts[1]?.targets ?? [])].map((target) => target.toFixed(1))).toEqual([
      '0.9',
      '0.1',
      '0.1',
      '0.9',
      '0.9',
      '0.1',
      '0.9',
      '0.1',
    ]);
    expect(splitBatch({ ...batch, labels }, { ...split, microBatch: null }).length).toBe(1);
  });

  it('leaves no small rest, whose batch statistics would be poor', () => {
    for (let total = 2; total < 70; total++) {
      const whole = { x: new Float32Array(total), labels: new Array<number>(total).fill(0) };
      for (let microBatch = 2; microBatch < 12; microBatch++) {
        const parts = splitBatch(whole, { ...split, microBatch });
        const counts = parts.map(({ count }) => count);
        expect(counts.length).toBe(Math.ceil(total / microBatch));
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(total);
        expect(Math.max(...counts)).toBeLessThanOrEqual(microBatch);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }
    }
  });

  it('takes soft targets as they are; their greatest is the class', () => {
    const targets = Float32Array.of(0.3, 0.7, 0.6, 0.4, 0.5, 0.5);
    const [part] = splitBatch({ x: new Float32Array(3), targets }, { ...split, microBatch: null });
    expect(part?.targets).toEqual(targets);
    expect(part?.labels).toEqual([1, 0, 0]);
  });
});
