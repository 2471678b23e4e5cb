/**
 * The sample standard deviation (divided by n − 1) over all values of a feature map: what makes
 * losses of different blocks comparable. Two passes in double precision.
 */
export function sampleDeviation(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return Math.sqrt(squares / Math.max(1, values.length - 1));
}
