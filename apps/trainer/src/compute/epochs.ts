import { batchPlan } from '@blockwise/datasets';
import { rowRange } from './feature-groups.ts';

/** Where a step is in a training. */
export interface EpochStep {
  /** From 0. */
  readonly epoch: number;
  /** Where its batch begins in the epoch's order. */
  readonly from: number;
  /** The rows of the batch. */
  readonly rows: Uint32Array;
  readonly isLastOfEpoch: boolean;
}

/** How a training walks through its images: every epoch in another order, whole batches only. */
export interface EpochPlan {
  readonly stepsPerEpoch: number;
  readonly totalSteps: number;
  /** The rows of an epoch from 0, one batch after the other. */
  order(epoch: number): Uint32Array;
  /** `step` from 0. */
  at(step: number): EpochStep;
}

/**
 * Rows 0 … `count` - 1 in batches. A batch larger than the set is cut to it, so that an epoch has
 * one step at least. The plan depends on its arguments only: a resumed training goes on in it, and
 * trainings with the same seed see the same batches.
 */
export function planEpochs(options: {
  readonly count: number;
  readonly batch: number;
  readonly epochs: number;
  readonly seed: string;
}): EpochPlan {
  const { count, epochs, seed } = options;
  const batch = Math.min(options.batch, count);
  const indices = rowRange(0, count);
  const stepsPerEpoch = Math.floor(count / batch);
  let current: { epoch: number; rows: Uint32Array } | null = null;
  const order = (epoch: number) => {
    if (current?.epoch !== epoch) {
      const rows = new Uint32Array(stepsPerEpoch * batch);
      const batches = batchPlan({ indices, batch, seed, epoch, dropLast: true });
      batches.forEach((taken, i) => {
        rows.set(taken, i * batch);
      });
      current = { epoch, rows };
    }
    return current.rows;
  };
  return {
    stepsPerEpoch,
    totalSteps: stepsPerEpoch * epochs,
    order,
    at(step) {
      const epoch = Math.floor(step / stepsPerEpoch);
      const inEpoch = step % stepsPerEpoch;
      const from = inEpoch * batch;
      return {
        epoch,
        from,
        rows: order(epoch).subarray(from, from + batch),
        isLastOfEpoch: inEpoch === stepsPerEpoch - 1,
      };
    },
  };
}
