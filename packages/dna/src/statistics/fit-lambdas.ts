import { DomainError } from '@blockwise/contracts';
import { createRandom } from '../random.ts';
import { orNull } from './bootstrap.ts';
import { kendallTau } from './rank.ts';
import { fitRidge, predict } from './ridge.ts';

/** A trained network: the rated loss of each of its blocks, and its accuracy. */
export interface LambdaRow {
  losses: readonly number[];
  accuracy: number;
}

export interface FitLambdasOptions {
  /** Parts for the cross-validation; left out: one for each network, but 10 for more than 30. */
  folds?: number | undefined;
  /** Ridges to choose from; left out: 10⁻³ to 10², in half powers of ten. */
  ridges?: readonly number[] | undefined;
  /** Of the random parts. */
  seed?: number | undefined;
}

/** How well accuracies are predicted of networks that a fit has not seen. */
export interface CrossValidated {
  /** Root of the mean squared error, in the unit of the accuracies. */
  rmse: number;
  /** Kendall's τ of predictions and accuracies; null where it has no value. */
  tau: number | null;
}

/** accuracy ≈ intercept − slope · Σ λ · loss. */
export interface FittedLambdas {
  /** At least 0, with mean 1: as `solve` takes them. All 1 where no weighting was learned. */
  lambdas: number[];
  /** 0 where no block's loss says anything about the accuracies. */
  slope: number;
  intercept: number;
  ridge: number;
  fitted: CrossValidated;
  /** The same with every λ 1: slope and intercept are fitted, the order of networks is not. */
  equal: CrossValidated;
}

const defaultRidges = Array.from({ length: 11 }, (_, i) => 10 ** (-3 + i / 2));
const fewestRows = 4;

/**
 * The block weights λ that predict the accuracies of trained networks best, by ridge regression
 * with weights of at least 0 (see `fitRidge`; DONNA fits block losses to accuracies in this way).
 * The ridge of the least cross-validated error is taken. The error that is reported is of a
 * cross-validation around that choice, so it is not flattered by it. (Where little can be learned
 * its τ leans to below 0, because a fit without a network is pulled away from that network.)
 *
 * @throws DomainError BAD_INPUT with fewer than 4 networks, values that are not finite, rows of
 *   different lengths, or wrong options
 */
export function fitLambdas(
  rows: readonly LambdaRow[],
  { folds, ridges = defaultRidges, seed = 0 }: FitLambdasOptions = {},
): FittedLambdas {
  checkRows(rows);
  const parts = folds ?? (rows.length > 30 ? 10 : rows.length);
  if (!Number.isInteger(parts) || parts < 2 || parts > rows.length) {
    throw refusal(`The number of folds must be a whole number from 2 to ${rows.length}.`, 'folds');
  }
  if (ridges.length === 0 || !ridges.every((ridge) => Number.isFinite(ridge) && ridge >= 0)) {
    throw refusal('The ridges must be numbers of at least 0, one or more.', 'ridges');
  }
  const summed = rows.map(({ losses, accuracy }) => ({
    losses: [losses.reduce((sum, loss) => sum + loss, 0)],
    accuracy,
  }));
  const ridge = bestRidge(rows, parts, ridges, seed);
  const { intercept, weights } = fit(rows, ridge);
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  return {
    lambdas: weights.map((weight) => (mean > 0 ? weight / mean : 1)),
    slope: mean,
    intercept,
    ridge,
    fitted: crossValidate(rows, parts, seed, (training) =>
      fit(training, bestRidge(training, Math.min(parts, training.length), ridges, seed)),
    ),
    equal: {
      ...crossValidate(summed, parts, seed, (training) => fit(training, 0)),
      tau: orNull(
        kendallTau(
          summed.map(({ losses }) => -(losses[0] ?? 0)),
          rows.map(({ accuracy }) => accuracy),
        ),
      ),
    },
  };
}

function fit(rows: readonly LambdaRow[], ridge: number) {
  return fitRidge(
    rows.map(({ losses }) => losses),
    rows.map(({ accuracy }) => accuracy),
    ridge,
  );
}

/** The ridge of the least cross-validated error; of equals the largest. */
function bestRidge(
  rows: readonly LambdaRow[],
  parts: number,
  ridges: readonly number[],
  seed: number,
): number {
  let best = { ridge: 0, rmse: Number.POSITIVE_INFINITY };
  for (const ridge of ridges.toSorted((a, b) => b - a)) {
    const { rmse } = crossValidate(rows, parts, seed, (training) => fit(training, ridge));
    if (rmse < best.rmse) best = { ridge, rmse };
  }
  return best.ridge;
}

function crossValidate(
  rows: readonly LambdaRow[],
  parts: number,
  seed: number,
  train: (rows: readonly LambdaRow[]) => ReturnType<typeof fitRidge>,
): CrossValidated {
  const order = createRandom('folds', seed).shuffle(Array.from(rows.keys()));
  const partOf = new Map(order.map((row, i) => [row, i % parts]));
  const predictions = new Array<number>(rows.length).fill(Number.NaN);
  for (let part = 0; part < parts; part++) {
    const model = train(rows.filter((_, row) => partOf.get(row) !== part));
    for (const [row, { losses }] of rows.entries()) {
      if (partOf.get(row) === part) predictions[row] = predict(model, losses);
    }
  }
  const accuracies = rows.map(({ accuracy }) => accuracy);
  const squares = accuracies.reduce((sum, a, i) => sum + (a - (predictions[i] ?? 0)) ** 2, 0);
  return {
    rmse: Math.sqrt(squares / rows.length),
    tau: orNull(kendallTau(predictions, accuracies)),
  };
}

function checkRows(rows: readonly LambdaRow[]): void {
  if (rows.length < fewestRows) {
    throw refusal(
      `Block weights are fitted on at least ${fewestRows} networks, not ${rows.length}.`,
      'rows',
    );
  }
  const blocks = rows[0]?.losses.length ?? 0;
  for (const [i, { losses, accuracy }] of rows.entries()) {
    if (losses.length !== blocks || blocks === 0) {
      throw refusal(`Network ${i + 1} has ${losses.length} losses for ${blocks} blocks.`, 'rows');
    }
    if (![...losses, accuracy].every(Number.isFinite)) {
      throw refusal(`Network ${i + 1} has a value that is not a finite number.`, 'rows');
    }
  }
}

function refusal(message: string, field: string): DomainError {
  return new DomainError('BAD_INPUT', message, { path: [field] });
}
