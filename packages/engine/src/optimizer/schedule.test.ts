import { recipes, searchSpec } from '@blockwise/contracts';
import { describe, expect, it } from 'vitest';
import { distilSchedule, learningRateAt, recipeSchedule, type Schedule } from './schedule.ts';

const plain: Schedule = {
  kind: 'constant',
  learningRate: 2,
  warmupSteps: 0,
  totalSteps: 14,
  stepsPerEpoch: 2,
  decay: 0.9,
};

function rates(schedule: Schedule, steps: number) {
  return Array.from({ length: steps }, (_, step) => learningRateAt(schedule, step));
}

describe('step', () => {
  it('of the supernets decays already in the first epoch, as the released code', () => {
    const schedule: Schedule = { ...plain, kind: 'step', learningRate: 0.005, firstEpoch: 1 };
    expect(learningRateAt(schedule, 0)).toBeCloseTo(0.0045, 12);
    expect(learningRateAt(schedule, 1)).toBeCloseTo(0.0045, 12);
    expect(learningRateAt(schedule, 2)).toBeCloseTo(0.005 * 0.81, 12);
    // The twentieth epoch of section 4.1 of the facts: 0.1216 of the start rate.
    expect(learningRateAt(schedule, 39) / 0.005).toBeCloseTo(0.1216, 4);
  });

  it('of a recipe counts from 0 and decays after so many epochs, whole or not', () => {
    const schedule: Schedule = { ...plain, kind: 'step', learningRate: 1, decayEpochs: 2.4 };
    const expected = [0, 0, 0, 1, 1, 2, 2, 2, 3].map((decays) => 0.9 ** decays);
    expect(rates({ ...schedule, stepsPerEpoch: 1 }, 9)).toEqual(expected);
  });

  it('counts the epochs of the warm-up', () => {
    const schedule: Schedule = { ...plain, kind: 'step', warmupSteps: 4, decayEpochs: 1 };
    expect(learningRateAt(schedule, 3)).toBe(2);
    expect(learningRateAt(schedule, 4)).toBeCloseTo(2 * 0.81, 12);
  });
});

describe('cosine', () => {
  it('rises, peaks and falls to zero', () => {
    const all = rates({ ...plain, kind: 'cosine', warmupSteps: 4 }, 100);
    expect(all.slice(0, 4)).toEqual([0.5, 1, 1.5, 2]);
    expect(all[4]).toBe(2);
    expect(all[9]).toBeCloseTo(1, 12);
    expect(all[14]).toBeCloseTo(0, 12);
    expect(all[99]).toBeCloseTo(0, 12);
  });
});

describe('constant', () => {
  it('stays, after a rise from where the warm-up starts', () => {
    expect(rates({ ...plain, warmupSteps: 2, warmupFrom: 1 }, 4)).toEqual([1.5, 2, 2, 2]);
  });
});

describe('recipeSchedule', () => {
  it('is one epoch of warm-up and a cosine for small@1', () => {
    const schedule = recipeSchedule(recipes['small@1'], { totalSteps: 120, stepsPerEpoch: 10 });
    expect(schedule).toMatchObject({ kind: 'cosine', warmupSteps: 10, learningRate: 0.006 });
    expect(learningRateAt(schedule, 0)).toBeCloseTo(0.0006, 12);
    expect(learningRateAt(schedule, 119)).toBeLessThan(1e-5);
  });

  it('leaves the last epoch to the schedule itself', () => {
    const of = (epochs: number) =>
      recipeSchedule(recipes['dna-2020@1'], { totalSteps: 10 * epochs, stepsPerEpoch: 10 });
    expect([1, 3, 8].map((epochs) => of(epochs).warmupSteps)).toEqual([0, 20, 50]);
  });
});

describe('distilSchedule', () => {
  const length = { totalSteps: 40, stepsPerEpoch: 2 };
  const of = (spec: object, block: number) =>
    distilSchedule(searchSpec.shape.distil.parse(spec), { ...length, block, blocks: 6 });

  it('is the paper’s by default: 0.002 at both ends, 0.005 between, 0.9 from the first epoch on', () => {
    const first = [0, 1, 4, 5].map((block) => learningRateAt(of({}, block), 0) / 0.9);
    [0.002, 0.005, 0.005, 0.002].forEach((rate, i) => {
      expect(first[i]).toBeCloseTo(rate, 12);
    });
    expect(learningRateAt(of({}, 1), 39)).toBeCloseTo(0.005 * 0.9 ** 20, 12);
  });

  it('takes other rates and schedules', () => {
    const cosine = of({ schedule: 'cosine', learningRate: 0.1, warmupEpochs: 2 }, 0);
    expect(rates(cosine, 4)).toEqual([0.025, 0.05, 0.1 * 0.75, 0.1].map((x) => expect.closeTo(x)));
    expect(learningRateAt(of({ schedule: 'constant', learningRate: [1, 2] }, 1), 9)).toBe(2);
  });
});
