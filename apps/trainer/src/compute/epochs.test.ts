import { expect, test } from 'vitest';
import { planEpochs } from './epochs.ts';

test.each([
  [10, 3, 3, 3],
  [9, 3, 3, 3],
  [5, 8192, 1, 5],
  [1, 2, 1, 1],
])(
  '%i images in batches of %i are %i steps of %i; the rest is another in every epoch',
  (count, batch, steps, size) => {
    const plan = planEpochs({ count, batch, epochs: 2, seed: 'a' });
    expect(plan).toMatchObject({ stepsPerEpoch: steps, totalSteps: 2 * steps });
    for (let epoch = 0; epoch < 2; epoch++) {
      const rows: number[] = [];
      for (let i = 0; i < steps; i++) {
        const step = plan.at(epoch * steps + i);
        expect(step).toMatchObject({ epoch, from: i * size, isLastOfEpoch: i === steps - 1 });
        expect(step.rows).toHaveLength(size);
        rows.push(...step.rows);
      }
      expect(new Set(rows).size).toBe(steps * size);
      expect(Math.max(...rows)).toBeLessThan(count);
      expect([...plan.order(epoch)]).toEqual(rows);
    }
  },
);
