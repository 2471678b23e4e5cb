import type { Estimate, RankReport } from './report.ts';

/** From this Kendall's τ on an order is a good guide, and from the second on one to rely on. */
const guideTau = 0.35;
const trustTau = 0.6;
/** With fewer networks an interval says little whatever stands in it. */
const fewNetworks = 12;

export type Verdict = 'notMeasured' | 'open' | 'reversed' | 'hint' | 'guide' | 'trust';

export interface Trust {
  readonly verdict: Verdict;
  /** Of pairs of networks, the share whose better one is predicted better; with its 95% interval. 0.5 is chance. */
  readonly rightPairs: {
    readonly value: number;
    readonly low: number;
    readonly high: number;
  } | null;
  readonly isFew: boolean;
}

/**
 * How far an audit lets its search's order be trusted. Only what the whole interval of τ bears out is
 * said: while it holds zero, nothing is known.
 */
export function trustOf(report: Pick<RankReport, 'networks' | 'predictors'> | null): Trust {
  const tau = report?.predictors.find(({ predictor }) => predictor === 'PREDICTED')?.kendall;
  if (report == null || !isWhole(tau)) {
    return { verdict: 'notMeasured', rightPairs: null, isFew: false };
  }
  const { value, low, high } = tau;
  return {
    verdict: verdictOf(value, low, high),
    rightPairs: { value: pairs(value), low: pairs(low), high: pairs(high) },
    isFew: report.networks < fewNetworks,
  };
}

function verdictOf(value: number, low: number, high: number): Verdict {
  if (high < 0) return 'reversed';
  if (low <= 0) return 'open';
  if (value >= trustTau) return 'trust';
  return value >= guideTau ? 'guide' : 'hint';
}

/** τ is the share of pairs in the right order less the share of those in the wrong one. */
function pairs(tau: number): number {
  return (1 + tau) / 2;
}

/** Whether the prediction orders the networks better than a cost does, which is known for nothing. */
export type Ahead = 'ahead' | 'behind' | 'undecided' | 'notMeasured';

export function aheadOf(report: Pick<RankReport, 'predictors'> | null): {
  readonly ahead: Ahead;
  readonly difference: Estimate | undefined;
} {
  const macs = report?.predictors.find(({ predictor }) => predictor === 'MACS');
  const difference = macs?.predictedAhead;
  if (!isWhole(difference)) return { ahead: 'notMeasured', difference: undefined };
  const ahead = difference.low > 0 ? 'ahead' : difference.high < 0 ? 'behind' : 'undecided';
  return { ahead, difference };
}

function isWhole(
  estimate: Estimate | undefined,
): estimate is { value: number; low: number; high: number } {
  return estimate?.value != null && estimate.low != null && estimate.high != null;
}
