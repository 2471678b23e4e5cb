import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TinyCompute } from '../testing/tiny-compute.ts';

let tiny: TinyCompute;
beforeAll(async () => {
  tiny = await TinyCompute.open();
});
afterAll(() => tiny.close());

const stepsOf = (points: { step: number }[] | undefined) => points?.map(({ step }) => step);

test('there is one point per step, and epoch curves at the end of each epoch', async () => {
  const said = tiny.recorder();
  const { steps } = await tiny.run('distil', await tiny.distilRequest(), said);
  // 3 classes × (20 − 4) images in batches of 16, two epochs.
  expect(steps).toBe(6);
  expect(stepsOf(said.points.get('loss'))).toEqual([1, 2, 3, 4, 5, 6]);
  expect(stepsOf(said.points.get('rating_loss'))).toEqual([3, 6]);
  const rates = said.points.get('learning_rate')?.map(({ value }) => value);
  expect(rates).toEqual([0.005 * 0.9, 0.005 * 0.9 ** 2]);
  expect(stepsOf(said.checkpoints)).toEqual([2, 4]);
});

test('blocks have rates and epochs of their own', async () => {
  const said = tiny.recorder();
  const request = await tiny.distilRequest({ epochs: [2, 1], learningRate: [1, 0.002] });
  const { steps } = await tiny.run('distil', request, said);
  expect(steps).toBe(3);
  expect(said.points.get('learning_rate')).toEqual([{ step: 3, value: 0.002 * 0.9 }]);
});

test.each([
  ['as DNA does', {}],
  ['fairly, by another loss and optimiser', { sampling: 'fair', loss: 'cosine', optimizer: 'sgd' }],
  ['with an early stop', { earlyStop: { patienceEpochs: 9, minImprovement: 0 } }],
] as const)(
  'trained %s and resumed from any checkpoint it ends in the same weights',
  async (_, how) => {
    const whole = tiny.recorder();
    const undisturbed = await tiny.run('distil', await tiny.distilRequest(how), whole);
    expect(whole.checkpoints.length).toBe(2);
    for (const resume of whole.checkpoints) {
      const rest = tiny.recorder();
      const resumed = await tiny.run('distil', await tiny.distilRequest(how, { resume }), rest);
      expect(resumed).toEqual(undisturbed);
      for (const key of ['loss', 'rating_loss']) {
        const expected = whole.points.get(key)?.filter(({ step }) => step > resume.step);
        expect(rest.points.get(key)).toEqual(expected);
      }
    }
  },
);

test('a rating loss that no longer falls ends the training early, resumed or not', async () => {
  // Hardly a loss falls by nine tenths in an epoch.
  const how = { epochs: 50, earlyStop: { patienceEpochs: 2, minImprovement: 0.9 } };
  const said = tiny.recorder();
  const undisturbed = await tiny.run('distil', await tiny.distilRequest(how), said);
  expect(undisturbed.steps).toBe(9);
  expect(stepsOf(said.points.get('loss'))).toHaveLength(9);
  const [, , late] = said.checkpoints;
  const resumed = await tiny.run('distil', await tiny.distilRequest(how, { resume: late ?? null }));
  expect(late?.step).toBe(6);
  expect(resumed).toEqual(undisturbed);
});

describe('a learning rate that is far too high', () => {
  const far = { learningRate: 1e30 };

  test('ends as DIVERGED with step and path, and the thread goes on', async () => {
    const run = tiny.run('distil', await tiny.distilRequest(far));
    await expect(run).rejects.toMatchObject({
      name: 'DomainError',
      code: 'DIVERGED',
      message: expect.stringMatching(/^Block 2, cell 2: the loss of step \d on path [01]{2} is /),
    });
    const { steps } = await tiny.run('distil', await tiny.distilRequest());
    expect(steps).toBe(6);
  });

  test('is tried once more at its share, which a checkpoint remembers', async () => {
    const how = { ...far, divergence: { explodesAt: 1000, retryRate: 5e-33 } };
    const said = tiny.recorder();
    const { steps } = await tiny.run('distil', await tiny.distilRequest(how), said);
    expect(steps).toBe(6);
    expect(said.restarts).toHaveLength(1);
    expect(said.restarts[0]?.reason).toMatch(/on path [01]{2} is .* begins again at 5e-33 times/);
    // The points of the first try are void.
    expect(stepsOf(said.points.get('loss'))).toEqual([1, 2, 3, 4, 5, 6]);
    const rates = said.points.get('learning_rate')?.map(({ value }) => value);
    expect(rates?.[0]).toBeCloseTo(0.005 * 0.9, 12);
    const undisturbed = await tiny.run('distil', await tiny.distilRequest(how));
    const remembered = [
      { step: 0, bytes: said.restarts[0]?.bytes ?? new Uint8Array() },
      ...said.checkpoints,
    ];
    for (const resume of remembered) {
      const rest = tiny.recorder();
      const resumed = await tiny.run('distil', await tiny.distilRequest(how, { resume }), rest);
      expect(resumed).toEqual(undisturbed);
      expect(rest.restarts).toEqual([]);
    }
  });

  test('fails when it diverges at its share too', async () => {
    const how = { ...far, divergence: { explodesAt: 1000, retryRate: 0.5 } };
    const said = tiny.recorder();
    const run = tiny.run('distil', await tiny.distilRequest(how), said);
    await expect(run).rejects.toMatchObject({ code: 'DIVERGED' });
    expect(said.restarts).toHaveLength(1);
  });
});
