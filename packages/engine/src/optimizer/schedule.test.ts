import { describe, expect, it } from 'vitest';
import { cosineWithWarmup, epochDecay } from './schedule.ts';

describe('epochDecay', () => {
  it('decays already in the first epoch, as the released code', () => {
    expect(epochDecay(0.005, 0.9, 1)).toBeCloseTo(0.0045, 12);
    expect(epochDecay(1, 0.9, 20)).toBeCloseTo(0.1216, 4);
    expect(() => epochDecay(0.005, 0.9, 0)).toThrow('from 1');
  });
});

describe('cosineWithWarmup', () => {
  const schedule = { peak: 2, warmupSteps: 4, totalSteps: 14 };

  it('rises, peaks and falls to zero', () => {
    const rates = Array.from({ length: 15 }, (_, step) => cosineWithWarmup(schedule, step));
    expect(rates.slice(0, 4)).toEqual([0.5, 1, 1.5, 2]);
    expect(rates[4]).toBe(2);
    expect(rates[9]).toBeCloseTo(1, 12);
    expect(rates[14]).toBeCloseTo(0, 12);
    expect(cosineWithWarmup(schedule, 99)).toBeCloseTo(0, 12);
  });
});
