import { expect, test } from 'vitest';
import { aheadOf, trustOf } from './verdict.ts';

const none = { value: null, low: null, high: null };
type Shown = { value: number; low: number; high: number } | typeof none;

function report(kendall: Shown, predictedAhead: Shown = none, networks = 20) {
  const rest = { spearman: none, pearson: none, partialSpearman: none };
  return {
    networks,
    predictors: [
      { predictor: 'PREDICTED' as const, kendall, predictedAhead: none, ...rest },
      { predictor: 'MACS' as const, kendall: none, predictedAhead, ...rest },
    ],
  };
}

test.each([
  [{ value: 0.7, low: 0.5, high: 0.8 }, 'trust'],
  [{ value: 0.45, low: 0.1, high: 0.7 }, 'guide'],
  [{ value: 0.2, low: 0.05, high: 0.4 }, 'hint'],
  // However high the value: an interval that holds zero tells nothing.
  [{ value: 0.7, low: -0.1, high: 1 }, 'open'],
  [{ value: -0.4, low: -0.6, high: -0.1 }, 'reversed'],
  [none, 'notMeasured'],
] as const)('τ %o: %s', (tau, verdict) => {
  expect(trustOf(report(tau)).verdict).toBe(verdict);
});

test('τ is told as pairs in the right order, and few networks are told', () => {
  const { rightPairs, isFew } = trustOf(report({ value: 0.5, low: 0, high: 1 }, none, 8));
  expect(rightPairs).toEqual({ value: 0.75, low: 0.5, high: 1 });
  expect(isFew).toBe(true);
  expect(trustOf(null)).toEqual({ verdict: 'notMeasured', rightPairs: null, isFew: false });
});

test.each([
  [{ value: 0.2, low: 0.05, high: 0.3 }, 'ahead'],
  [{ value: -0.2, low: -0.3, high: -0.05 }, 'behind'],
  [{ value: -0.1, low: -0.3, high: 0.07 }, 'undecided'],
  [none, 'notMeasured'],
] as const)('prediction less macs %o: %s', (difference, ahead) => {
  expect(aheadOf(report(none, difference)).ahead).toBe(ahead);
});
