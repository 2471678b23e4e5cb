/** Two-sided 95% quantiles of Student's t for 1 to 10 degrees of freedom. */
const smallQuantiles = [
  12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622, 2.2281,
];

/** The same quantile of the normal distribution. */
const normalQuantile = 1.959964;

/** Σ weight · value / Σ weight. */
export function weightedMean(values: ArrayLike<number>, weights: ArrayLike<number>): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    sum += (weights[i] as number) * (values[i] as number);
    total += weights[i] as number;
  }
  return sum / total;
}

/**
 * Half the width of the 95% confidence interval of a mean over batches, two at least. Batches are
 * taken for independent samples whose variance falls with their number of images n:
 * t · √(Σ n (x − mean)² / (B − 1) / Σ n), with Student's t of B − 1 degrees of freedom.
 */
export function meanHalfWidth(values: ArrayLike<number>, images: ArrayLike<number>): number {
  const mean = weightedMean(values, images);
  let squares = 0;
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    squares += (images[i] as number) * ((values[i] as number) - mean) ** 2;
    total += images[i] as number;
  }
  const freedom = values.length - 1;
  return studentQuantile(freedom) * Math.sqrt(squares / freedom / total);
}

/**
 * The 0.975 quantile of Student's t. From 11 degrees of freedom on by its expansion around the
 * normal quantile z (Abramowitz and Stegun, 26.7.5), good to four digits there.
 */
export function studentQuantile(freedom: number): number {
  const small = smallQuantiles[freedom - 1];
  if (small !== undefined) return small;
  const z = normalQuantile;
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + first / freedom + second / freedom ** 2 + third / freedom ** 3;
}
