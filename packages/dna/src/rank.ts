/**
 * Kendall's τ-b, which corrects for ties in either list.
 *
 * @returns −1 to 1; NaN where a list has fewer than two different values
 */
export function kendallTau(a: readonly number[], b: readonly number[]): number {
  checkPairs(a, b);
  let order = 0;
  let untiedA = 0;
  let untiedB = 0;
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < i; j++) {
      const signA = Math.sign((a[i] ?? 0) - (a[j] ?? 0));
      const signB = Math.sign((b[i] ?? 0) - (b[j] ?? 0));
      order += signA * signB;
      untiedA += Math.abs(signA);
      untiedB += Math.abs(signB);
    }
  }
  return order / Math.sqrt(untiedA * untiedB);
}

/**
 * Spearman's ρ: Pearson's R of the ranks, tied values sharing the mean of their ranks.
 *
 * @returns −1 to 1; NaN where a list has fewer than two different values
 */
export function spearmanRho(a: readonly number[], b: readonly number[]): number {
  checkPairs(a, b);
  return pearsonR(averageRanks(a), averageRanks(b));
}

/**
 * Pearson's correlation coefficient R.
 *
 * @returns −1 to 1; NaN where a list has fewer than two different values
 */
export function pearsonR(a: readonly number[], b: readonly number[]): number {
  checkPairs(a, b);
  const deviationsA = deviations(a);
  const deviationsB = deviations(b);
  const scale = Math.sqrt(dot(deviationsA, deviationsA) * dot(deviationsB, deviationsB));
  return Math.max(-1, Math.min(1, dot(deviationsA, deviationsB) / scale));
}

function averageRanks(values: readonly number[]): number[] {
  const order = values.map((value, i) => ({ value, i })).sort((x, y) => x.value - y.value);
  const ranks = new Array<number>(values.length).fill(0);
  let start = 0;
  while (start < order.length) {
    let end = start;
    while (end < order.length && order[end]?.value === order[start]?.value) {
      end++;
    }
    for (const { i } of order.slice(start, end)) {
      ranks[i] = (start + 1 + end) / 2;
    }
    start = end;
  }
  return ranks;
}

function deviations(values: readonly number[]): number[] {
  if (values.every((value) => value === values[0])) {
    return values.map(() => 0);
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}

function checkPairs(a: readonly number[], b: readonly number[]): void {
  if (a.length !== b.length) {
    throw new Error(`lists of ${a.length} and ${b.length} values cannot be compared in pairs`);
  }
  if (![...a, ...b].every(Number.isFinite)) {
    throw new Error('a value that is not finite has no rank');
  }
}
