import type { AuditLambdasQuery, AuditNetworksQuery } from '@blockwise/client';
import { formatCorrelation, formatDuration, formatExact, formatShare } from '../ui/format.ts';

type Audit = NonNullable<AuditNetworksQuery['audit']>;
export type RankReport = NonNullable<Audit['report']>;
type RandomSearch = NonNullable<Audit['randomSearch']>;
type Predictor = RankReport['predictors'][number]['predictor'];

export const predictorNames: Record<Predictor, string> = {
  PREDICTED: 'Predicted loss',
  PARAMS: 'Params',
  MACS: 'Macs',
  FLOPS_TOOL: 'FlopsTool',
};

/** Whether the prediction orders the networks better than their macs do, which cost nothing. */
export function aheadSentence(report: Pick<RankReport, 'predictors'>): string {
  const macs = report.predictors.find(({ predictor }) => predictor === 'MACS');
  const { value, low, high } = macs?.predictedAhead ?? { value: null, low: null, high: null };
  if (value === null || low === null || high === null) return '';
  const interval = `95% interval ${formatCorrelation(low)} to ${formatCorrelation(high)}`;
  const difference = formatCorrelation(Math.abs(value));
  if (low > 0) {
    return `The predicted loss orders these networks better than their macs: Kendall’s τ is higher by ${difference} (${interval}).`;
  }
  if (high < 0) {
    return `Macs alone order these networks better than the predicted loss: Kendall’s τ is higher by ${difference} (${interval} for prediction less macs).`;
  }
  return `These networks do not tell whether the predicted loss orders better than macs alone: Kendall’s τ of the prediction less that of macs is ${formatCorrelation(value)} (${interval}).`;
}

/** What networks drawn at random would have given for the cost of the search. */
export function randomSearchSentence({
  searchSeconds,
  equalCostNetworks,
  expectedBest,
  expectedBestOf,
  solvedTop1,
  sameTraining,
}: RandomSearch): string {
  const tested = expectedBestOf.length;
  const drawn =
    equalCostNetworks === 1 ? 'one network' : `${formatExact(equalCostNetworks)} networks`;
  const best =
    equalCostNetworks > tested
      ? `the best of the ${formatExact(tested)} tested here has`
      : equalCostNetworks === 1
        ? 'it would be expected at'
        : 'the best of them would be expected at';
  const random = `For the cost of the search (${formatDuration(searchSeconds)}), ${drawn} drawn at random could be trained: ${best} ${formatShare(expectedBest)}.`;
  if (solvedTop1 == null) return random;
  const found = `The network that the search predicted best has ${formatShare(solvedTop1)}`;
  return `${random} ${found}${sameTraining ? ', trained in the same way.' : ', but was trained in another way.'}`;
}

/** Fitted block weights, and whether they predict better than equal ones. */
export function lambdaSentence({
  lambdas,
  fitted,
  equal,
}: AuditLambdasQuery['fitLambdas']): string {
  const weights = lambdas.map((lambda) => lambda.toFixed(2)).join(', ');
  return (
    `Block weights λ fitted on these networks: ${weights}. Cross-validated, they miss an accuracy ` +
    `by ${points(fitted.rmse)} (root mean square); equal weights by ${points(equal.rmse)}.`
  );
}

/** A difference of accuracies: `0.0123` → `1.2 points`. */
function points(difference: number): string {
  return `${(100 * difference).toFixed(1)} points`;
}
