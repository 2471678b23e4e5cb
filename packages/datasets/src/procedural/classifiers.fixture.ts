import type { ImageSet } from '../dataset.ts';

/** Rows of numbers that describe images, one row per image. */
export type Features = Float64Array[];

/** Raw pixels, centred: [size * size * 3]. */
export function pixelFeatures(set: ImageSet): Features {
  return rows(set, (pixels) => Float64Array.from(pixels, (value) => value / 255 - 0.5));
}

/**
 * Hand-made features that know nothing of place and colour: a histogram of rotation-invariant local
 * binary patterns (Ojala et al., 2002) at two distances, and mean differences of brightness at
 * several distances, sorted by direction.
 */
export function textureFeatures(set: ImageSet): Features {
  return rows(set, (pixels) => {
    const light = Float64Array.from({ length: set.size ** 2 }, (_, i) => {
      const [r, g, b] = pixels.subarray(3 * i, 3 * i + 3);
      return ((r ?? 0) + (g ?? 0) + (b ?? 0)) / 3;
    });
    const patterns = [1, 2].flatMap((radius) => binaryPatterns(light, set.size, radius));
    const changes = [1, 2, 3, 4, 6].flatMap((lag) => differences(light, set.size, lag));
    return Float64Array.from([...patterns, ...changes]);
  });
}

function rows(set: ImageSet, describe: (pixels: Uint8Array) => Float64Array): Features {
  const step = set.size * set.size * 3;
  return Array.from({ length: set.count }, (_, i) =>
    describe(set.images.subarray(i * step, (i + 1) * step)),
  );
}

const directions = [
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [-1, -1],
  [0, -1],
  [1, -1],
] as const;

function binaryPatterns(light: Float64Array, size: number, radius: number): number[] {
  const bins = new Array<number>(256).fill(0);
  for (let y = radius; y < size - radius; y++) {
    for (let x = radius; x < size - radius; x++) {
      const centre = light[y * size + x] ?? 0;
      let code = 0;
      directions.forEach(([dx, dy], bit) => {
        const neighbour = light[(y + dy * radius) * size + x + dx * radius] ?? 0;
        if (neighbour > centre) code |= 1 << bit;
      });
      bins[smallestTurn(code)] = (bins[smallestTurn(code)] ?? 0) + 1;
    }
  }
  return bins.filter((_, code) => smallestTurn(code) === code);
}

function smallestTurn(code: number): number {
  let least = code;
  for (let turn = 1; turn < 8; turn++) {
    least = Math.min(least, ((code >> turn) | (code << (8 - turn))) & 255);
  }
  return least;
}

function differences(light: Float64Array, size: number, lag: number): number[] {
  const means = directions.slice(0, 4).map(([dx, dy]) => {
    let [sum, count] = [0, 0];
    for (let y = 0; y < size - lag; y++) {
      for (let x = lag; x < size - lag; x++) {
        const other = light[(y + dy * lag) * size + x + dx * lag] ?? 0;
        sum += Math.abs(other - (light[y * size + x] ?? 0));
        count++;
      }
    }
    return sum / count;
  });
  return means.sort((a, b) => a - b);
}

/** Scales every feature to mean 0 and deviation 1 of the training rows; constants become 0. */
export function standardise(train: Features, test: Features): [Features, Features] {
  const width = train[0]?.length ?? 0;
  const column = (i: number) => train.map((row) => row[i] ?? 0);
  const average = (values: number[]) =>
    values.reduce((sum, value) => sum + value, 0) / train.length;
  const mean = Float64Array.from({ length: width }, (_, i) => average(column(i)));
  const deviation = mean.map((centre, i) =>
    Math.sqrt(average(column(i).map((value) => (value - centre) ** 2))),
  );
  const apply = (row: Float64Array) =>
    row.map((value, i) => {
      const scale = deviation[i] ?? 0;
      return scale > 1e-9 ? (value - (mean[i] ?? 0)) / scale : 0;
    });
  return [train.map(apply), test.map(apply)];
}

/** Class of the nearest mean. */
export function nearestCentroid(
  train: Features,
  labels: ArrayLike<number>,
  test: Features,
): number[] {
  const width = train[0]?.length ?? 0;
  const count = Math.max(...Array.from(labels)) + 1;
  const members = new Array<number>(count).fill(0);
  const sums = members.map(() => new Float64Array(width));
  train.forEach((row, at) => {
    const label = labels[at] ?? 0;
    members[label] = (members[label] ?? 0) + 1;
    const sum = sums[label] as Float64Array;
    addScaled(sum, row, 1, 0);
  });
  const centroids = sums.map((sum, label) => sum.map((value) => value / (members[label] ?? 1)));
  return test.map((row) => largest(centroids.map((centroid) => -squaredDistance(row, centroid))));
}

/**
 * Least squares with a ridge on one-hot labels, in its dual form (one unknown per training row), so
 * that more features than rows are no trouble.
 */
export function leastSquares(
  train: Features,
  labels: ArrayLike<number>,
  test: Features,
  ridge: number,
): number[] {
  const count = Math.max(...Array.from(labels)) + 1;
  const gram = train.map(() => new Float64Array(train.length));
  for (const [i, row] of train.entries()) {
    for (let j = 0; j <= i; j++) {
      const alike = dot(row, train[j] as Float64Array) + 1 + (i === j ? ridge : 0);
      (gram[i] as Float64Array)[j] = alike;
      (gram[j] as Float64Array)[i] = alike;
    }
  }
  const targets = train.map((_, i) =>
    Float64Array.from({ length: count }, (_, label) => (labels[i] === label ? 1 : 0)),
  );
  const weights = solveSymmetric(gram, targets);
  return test.map((row) => {
    const scores = new Float64Array(count);
    for (const [i, other] of train.entries()) {
      addScaled(scores, weights[i] as Float64Array, dot(row, other) + 1, 0);
    }
    return largest([...scores]);
  });
}

/** Gaussian elimination without pivoting, in place: the matrix is positive definite. */
function solveSymmetric(matrix: Float64Array[], right: Float64Array[]): Float64Array[] {
  const n = matrix.length;
  for (let i = 0; i < n; i++) {
    const [row, values] = [matrix[i] as Float64Array, right[i] as Float64Array];
    for (let j = i + 1; j < n; j++) {
      const below = matrix[j] as Float64Array;
      const factor = (below[i] as number) / (row[i] as number);
      addScaled(below, row, -factor, i);
      addScaled(right[j] as Float64Array, values, -factor, 0);
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    const [row, values] = [matrix[i] as Float64Array, right[i] as Float64Array];
    for (let j = i + 1; j < n; j++) {
      addScaled(values, right[j] as Float64Array, -(row[j] as number), 0);
    }
    for (let k = 0; k < values.length; k++) values[k] = (values[k] as number) / (row[i] as number);
  }
  return right;
}

/** target += factor * source, from position `from` on. */
function addScaled(target: Float64Array, source: Float64Array, factor: number, from: number): void {
  for (let k = from; k < target.length; k++) {
    target[k] = (target[k] as number) + factor * (source[k] as number);
  }
}

export function accuracy(predicted: readonly number[], labels: ArrayLike<number>): number {
  return predicted.filter((label, i) => label === labels[i]).length / predicted.length;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function squaredDistance(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + (value - (b[i] ?? 0)) ** 2, 0);
}

function largest(values: readonly number[]): number {
  return values.indexOf(Math.max(...values));
}
