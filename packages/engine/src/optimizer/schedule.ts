/**
 * DNA's schedule: multiplied by `factor` every epoch. Epochs count from 1, so that the first one
 * already runs at `initial · factor`, as the released code does (0.9 per epoch).
 */
export function epochDecay(initial: number, factor: number, epoch: number): number {
  if (!Number.isInteger(epoch) || epoch < 1) throw new Error(`Epochs count from 1, not ${epoch}.`);
  return initial * factor ** epoch;
}

export interface CosineSchedule {
  readonly peak: number;
  /** Steps of linear rise before the peak. */
  readonly warmupSteps: number;
  readonly totalSteps: number;
}

/**
 * Linear warm-up to the peak, then half a cosine down to zero (Loshchilov and Hutter 2017).
 * `step` counts from 0; steps past the end stay at the last rate.
 */
export function cosineWithWarmup(schedule: CosineSchedule, step: number): number {
  const { peak, warmupSteps, totalSteps } = schedule;
  if (step < warmupSteps) return (peak * (step + 1)) / warmupSteps;
  const span = Math.max(1, totalSteps - warmupSteps);
  const progress = Math.min(1, (step - warmupSteps) / span);
  return (peak / 2) * (1 + Math.cos(Math.PI * progress));
}
