import type { Random } from '@blockwise/dna';

/**
 * A number in 0..1 of the beta distribution, from two gamma numbers. Their logarithms are drawn, so
 * that very small parameters, whose gamma numbers vanish in floating point, give 0 or 1 and not NaN.
 */
export function sampleBeta(a: number, b: number, random: Random): number {
  const first = sampleLogGamma(a, random);
  const second = sampleLogGamma(b, random);
  return 1 / (1 + Math.exp(second - first));
}

/**
 * The logarithm of a number of the gamma distribution of scale 1: Marsaglia and Tsang, "A simple
 * method for generating gamma variables", 2000; below shape 1 by their section 6.
 */
export function sampleLogGamma(shape: number, random: Random): number {
  if (shape < 1) {
    const power = Math.log(1 - random.next()) / shape;
    return sampleLogGamma(shape + 1, random) + power;
  }
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const normal = random.normal();
    const root = 1 + c * normal;
    if (root <= 0) continue;
    const cube = root ** 3;
    const bound = 0.5 * normal * normal + d - d * cube + d * Math.log(cube);
    if (Math.log(1 - random.next()) < bound) return Math.log(d * cube);
  }
}
