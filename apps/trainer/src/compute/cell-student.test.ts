import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TinyCompute } from '../testing/tiny-compute.ts';
import type { EarlierBlocks } from './earlier-blocks.ts';

let tiny: TinyCompute;
let earlier: EarlierBlocks;
beforeAll(async () => {
  tiny = await TinyCompute.open();
  const supernets = [];
  for (const cell of [0, 1]) {
    const request = await tiny.distilRequest({}, { block: 0, cell });
    const { weights } = await tiny.run('distil', request);
    supernets.push({ block: 0, cell, weights });
  }
  const pool = [
    { cell: 1, path: [0, 1] },
    { cell: 0, path: [1] },
  ];
  earlier = { pools: [pool], supernets };
});
afterAll(() => tiny.close());

describe.each(['s1', 's2'] as const)('strategy %s', (strategy) => {
  const request = (changes = {}) => tiny.distilRequest({ strategy }, { earlier, ...changes });

  test('resumed from any checkpoint ends in the same weights and ratings', async () => {
    const whole = tiny.recorder();
    const undisturbed = await tiny.run('distil', await request(), whole);
    expect(whole.checkpoints.length).toBe(2);
    const rates = [];
    for (const resume of whole.checkpoints) {
      const rest = tiny.recorder();
      const resumed = await tiny.run('distil', await request({ resume }), rest);
      expect(resumed).toEqual(undisturbed);
      for (const key of ['loss', 'rating_loss']) {
        const expected = whole.points.get(key)?.filter(({ step }) => step > resume.step);
        expect(rest.points.get(key)).toEqual(expected);
      }
      const { rating } = tiny.spec;
      rates.push(
        await tiny.run('rate', { ...(await request()), rating, weights: resumed.weights }),
      );
    }
    expect(rates[1]).toEqual(rates[0]);
  });

  test('another pool of paths before the block is another training', async () => {
    const { finalLoss } = await tiny.run('distil', await request());
    const other = { ...earlier, pools: [[{ cell: 0, path: [0] }]] };
    const run = await tiny.run('distil', await request({ earlier: other }));
    expect(run.finalLoss).not.toBe(finalLoss);
  });
});
