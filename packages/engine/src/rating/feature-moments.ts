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
  const means = new Float64Array(channels);
  values.forEach((value, i) => {
    means[i % channels] = (means[i % channels] as number) + value / rows;
  });
  const variances = new Float64Array(channels);
  values.forEach((value, i) => {
    const channel = i % channels;
    const square = (value - (means[channel] as number)) ** 2;
    variances[channel] = (variances[channel] as number) + square / Math.max(1, rows - 1);
  });
  return variances;
}
