/**
 * Kendall's τ-b, which corrects for ties in either list. Counted by sorting (Knight 1966), because
 * a bootstrap counts it some thousand times.
 *
 * @returns −1 to 1; NaN where a list has fewer than two different values
 */
export function kendallTau(a: readonly number[], b: readonly number[]): number {
  checkPairs(a, b);
  const order = Array.from(a.keys()).sort(
    (i, j) => (a[i] as number) - (a[j] as number) || (b[i] as number) - (b[j] as number),
  );
  const pairs = (a.length * (a.length - 1)) / 2;
  const byA = order.map((i) => a[i] as number);
  const byB = order.map((i) => b[i] as number);
  const tiedBoth = tiedPairs((i) => byA[i] === byA[i - 1] && byB[i] === byB[i - 1], a.length);
  const tiedA = tiedPairs((i) => byA[i] === byA[i - 1], a.length);
  const discordant = sortCounting(byB);
  const tiedB = tiedPairs((i) => byB[i] === byB[i - 1], a.length);
  const concordant = pairs - tiedA - tiedB + tiedBoth - discordant;
  return (concordant - discordant) / Math.sqrt((pairs - tiedA) * (pairs - tiedB));
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

/**
 * The partial correlation of a and b at fixed c: (ρab − ρac ρbc) / √((1 − ρac²)(1 − ρbc²)).
 *
 * @returns −1 to 1; NaN where a list has the order of the fixed one
 */
export function partial(ab: number, ac: number, bc: number): number {
  const left = (1 - ac ** 2) * (1 - bc ** 2);
  // A list in the order of the fixed one leaves nothing but rounding.
  if (!(left > 1e-12)) return Number.NaN;
  return Math.max(-1, Math.min(1, (ab - ac * bc) / Math.sqrt(left)));
}

/** Pairs within the runs of positions that are each tied with the one before. */
function tiedPairs(isTied: (position: number) => boolean, length: number): number {
  let pairs = 0;
  let run = 0;
  for (let i = 1; i < length; i++) {
    run = isTied(i) ? run + 1 : 0;
    pairs += run;
  }
  return pairs;
}

/** Sorts the list and counts the pairs that were out of order: a merge sort. */
function sortCounting(list: number[]): number {
  if (list.length < 2) return 0;
  const half = list.length >> 1;
  const [left, right] = [list.slice(0, half), list.slice(half)];
  let count = sortCounting(left) + sortCounting(right);
  for (let i = 0, l = 0, r = 0; i < list.length; i++) {
    const isFromLeft =
      r === right.length || (l < left.length && (left[l] as number) <= (right[r] as number));
    if (!isFromLeft) count += left.length - l;
    list[i] = (isFromLeft ? left[l++] : right[r++]) as number;
  }
  return count;
}

/**
 * The rank of every value, 1 for the least; tied values share the mean of their ranks. Pearson's R
 * of two lists of ranks is Spearman's ρ.
 */
export function averageRanks(values: readonly number[]): number[] {
  const order = Array.from(values.keys()).sort(
    (i, j) => (values[i] as number) - (values[j] as number),
  );
  const ranks = new Array<number>(values.length).fill(0);
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && values[order[end] as number] === values[order[start] as number]) {
      end++;
    }
    for (let place = start; place < end; place++) {
      ranks[order[place] as number] = (start + 1 + end) / 2;
    }
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
  if (!a.every(Number.isFinite) || !b.every(Number.isFinite)) {
    throw new Error('a value that is not finite has no rank');
  }
}
