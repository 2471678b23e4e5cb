/** Points of a curve that a trainer sends at once; ten keys make 1,000 floats. */
export const pointsOfBatch = 100;
/** Batches of a trainer in one run: 10,000 floats. */
export const batchesOfRun = 10;
export const ingestKeys: readonly string[] = Array.from({ length: 10 }, (_, i) => `sent_${i}`);

/** Steps of batch `batch`, counted over all runs. */
export function stepsOf(batch: number): number[] {
  return Array.from({ length: pointsOfBatch }, (_, i) => batch * pointsOfBatch + i + 1);
}

/** Value of a step: with all the digits that a float has, and different for every key. */
export function pointValue(key: string, step: number): number {
  return Math.sin(step) / (1 + ingestKeys.indexOf(key));
}
