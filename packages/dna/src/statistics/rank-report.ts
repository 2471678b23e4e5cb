import { DomainError } from '@blockwise/contracts';
import { createRandom } from '../random.ts';
import { drawResamples, type Estimate, estimates, orNull } from './bootstrap.ts';
import { averageRanks, kendallTau, partial, pearsonR } from './rank.ts';
import { type SliceRange, slicesOf } from './slices.ts';

/** A network whose accuracy is known. */
export interface RankRow {
  /** What was predicted of it: a loss (lower is better), or a score. */
  predicted: number;
  accuracy: number;
  params: number;
  macs: number;
  flopsTool?: number | undefined;
}

export interface RankReportOptions {
  /** `loss` (default): a smaller prediction promises more accuracy; `score`: a larger one. */
  predicted?: 'loss' | 'score' | undefined;
  /** The cost held fixed in partial correlations and slices; `macs` where left out. */
  fixed?: 'macs' | 'flopsTool' | undefined;
  /** Slices of the fixed cost: their (inclusive) ranges, or how many with equally many networks. */
  slices?: readonly SliceRange[] | number | undefined;
  /** Bootstrap samples; 1000 where left out. */
  resamples?: number | undefined;
  seed?: number | undefined;
}

/** What orders the networks: the prediction, or a cost that needs no search at all. */
export type Predictor = 'predicted' | 'params' | 'macs' | 'flopsTool';

/** How well one predictor orders the networks by accuracy. */
export interface PredictorReport {
  predictor: Predictor;
  kendall: Estimate;
  spearman: Estimate;
  pearson: Estimate;
  /** Spearman's ρ at a fixed cost; null for that cost itself. */
  partialSpearman: Estimate;
  /** Kendall's τ of the prediction less that of this predictor; null for the prediction itself. */
  predictedAhead: Estimate;
}

/** Networks of about the same cost. */
export interface SliceReport extends SliceRange {
  networks: number;
  /** Kendall's τ within the slice. */
  kendall: { predictor: Predictor; value: number | null }[];
}

/**
 * Whether a ranking can be trusted: positive correlations throughout mean that the predictor orders
 * the networks as their accuracies do. The prediction is counted as its negative where it is a loss.
 */
export interface RankReport {
  networks: number;
  fixed: 'macs' | 'flopsTool';
  /** The prediction first, then the costs as baselines; `flopsTool` where every row has it. */
  predictors: PredictorReport[];
  slices: SliceReport[];
}

/**
 * Kendall's τ-b, Spearman's ρ and Pearson's R with 95% bootstrap intervals, beside the baselines
 * that cost nothing: on the published ranking experiment plain FLOPs order the networks at least as
 * well as every method, so a correlation without them says little. All intervals are from the same
 * resamples of the rows; the same seed gives the same report.
 *
 * @throws DomainError BAD_INPUT where a row's value is not a finite number, or `fixed` is a cost
 *   that a row lacks
 */
export function rankReport(rows: readonly RankRow[], options: RankReportOptions = {}): RankReport {
  const { predicted = 'loss', fixed = 'macs', resamples = 1000, seed = 0 } = options;
  checkRows(rows, fixed);
  const isComplete = rows.every(({ flopsTool }) => flopsTool !== undefined);
  const predictors: Predictor[] = [
    'predicted',
    'params',
    'macs',
    ...(isComplete && rows.length > 0 ? (['flopsTool'] as const) : []),
  ];
  const score = (row: RankRow, predictor: Predictor) =>
    predictor === 'predicted' && predicted === 'loss'
      ? -row.predicted
      : (row[predictor] ?? Number.NaN);
  const accuracy = rows.map((row) => row.accuracy);
  const columns = new Map(
    predictors.map((one) => [one, rows.map((row) => score(row, one))] as const),
  );
  const columnOf = (predictor: Predictor) => columns.get(predictor) ?? [];
  const samples = drawResamples(rows.length, rows.length > 1 ? resamples : 0, createRandom(seed));
  const found = estimates(
    rows.length,
    (positions) => {
      const pick = (column: readonly number[]) =>
        Array.from(positions, (position) => column[position] as number);
      return correlations(
        pick(accuracy),
        predictors.map((one) => [one, pick(columnOf(one))] as const),
        fixed,
      );
    },
    samples,
  );
  return {
    networks: rows.length,
    fixed,
    predictors: predictors.map((predictor) => ({
      predictor,
      kendall: found[`${predictor} kendall`],
      spearman: found[`${predictor} spearman`],
      pearson: found[`${predictor} pearson`],
      partialSpearman: found[`${predictor} partialSpearman`],
      predictedAhead: found[`${predictor} predictedAhead`],
    })),
    slices: slicesOf(columnOf(fixed), options.slices).map(({ range, places }) => ({
      ...range,
      networks: places.length,
      kendall: predictors.map((predictor) => {
        const pick = (column: readonly number[]) => places.map((place) => column[place] as number);
        return { predictor, value: orNull(kendallTau(pick(columnOf(predictor)), pick(accuracy))) };
      }),
    })),
  };
}

type Statistic = Exclude<keyof PredictorReport, 'predictor'>;

/** All statistics of all predictors; NaN for what a predictor is not compared with. */
function correlations(
  accuracy: readonly number[],
  predictors: readonly (readonly [Predictor, readonly number[]])[],
  fixed: Predictor,
): Record<`${Predictor} ${Statistic}`, number> {
  const ranks = new Map(predictors.map(([one, column]) => [one, averageRanks(column)] as const));
  const ranksOf = (predictor: Predictor) => ranks.get(predictor) ?? [];
  const accuracyRanks = averageRanks(accuracy);
  const fixedToAccuracy = pearsonR(ranksOf(fixed), accuracyRanks);
  const taus = new Map(predictors.map(([one, column]) => [one, kendallTau(column, accuracy)]));
  const tauOf = (predictor: Predictor) => taus.get(predictor) ?? Number.NaN;
  const entries = predictors.flatMap(([one, column]): [`${Predictor} ${Statistic}`, number][] => {
    const spearman = pearsonR(ranksOf(one), accuracyRanks);
    const toFixed = pearsonR(ranksOf(one), ranksOf(fixed));
    return [
      [`${one} kendall`, tauOf(one)],
      [`${one} spearman`, spearman],
      [`${one} pearson`, pearsonR(column, accuracy)],
      [
        `${one} partialSpearman`,
        one === fixed ? Number.NaN : partial(spearman, toFixed, fixedToAccuracy),
      ],
      [`${one} predictedAhead`, one === 'predicted' ? Number.NaN : tauOf('predicted') - tauOf(one)],
    ];
  });
  return Object.fromEntries(entries) as Record<`${Predictor} ${Statistic}`, number>;
}

function checkRows(rows: readonly RankRow[], fixed: 'macs' | 'flopsTool'): void {
  for (const [i, row] of rows.entries()) {
    for (const name of ['predicted', 'accuracy', 'params', 'macs', fixed] as const) {
      if (!Number.isFinite(row[name])) {
        throw new DomainError('BAD_INPUT', `Network ${i + 1} has no finite ${name}.`, {
          path: ['rows', i, name],
        });
      }
    }
  }
}
