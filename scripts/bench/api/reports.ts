/** What each trainer of the row `subscribers` reports at once, as a trainer does about once a second. */
export const reportedKeys: readonly string[] = ['loss', 'gradient_norm'];
export const stepsOfReport = 10;

/** Report of a step, from 0. */
export function reportOf(step: number): number {
  return Math.floor((step - 1) / stepsOfReport);
}

/** Milliseconds since the Unix epoch, of all processes of the machine alike. */
export function clock(): number {
  return performance.timeOrigin + performance.now();
}
