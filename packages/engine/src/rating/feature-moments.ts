/**
 * The sample variance (divided by n − 1) over all values of a feature map: what makes losses of
 * different blocks comparable. Two passes in double precision.
 */
export function sampleVariance(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return squares / Math.max(1, values.length - 1);
}

/** The square root of {@link sampleVariance}. */
export function sampleDeviation(values: Float32Array): number {
  return Math.sqrt(sampleVariance(values));
}

/** The sample variance of each channel of feature maps [..., channels], in double precision. */
export function channelVariances(values: Float32Array, channels: number): Float64Array {
  const rows = values.length / channels;
  const means = channelMeans(values, channels, (value) => value);
  const squares = channelMeans(values, channels, (value, c) => (value - (means[c] as number)) ** 2);
  return squares.map((square) => (square * rows) / Math.max(1, rows - 1));
}

function channelMeans(
  values: Float32Array,
  channels: number,
  of: (value: number, channel: number) => number,
): Float64Array {
  const sums = new Float64Array(channels);
  for (let row = 0; row < values.length; row += channels) {
    for (let c = 0; c < channels; c++) {
      sums[c] = (sums[c] as number) + of(values[row + c] as number, c);
    }
  }
  return sums.map((sum) => (sum * channels) / values.length);
}
