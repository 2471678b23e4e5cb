import { batchPlan } from '@blockwise/datasets';
import { rowRange } from './feature-groups.ts';

/** How a training walks through its images: every epoch in another order, whole batches only. */
export interface EpochPlan {
  readonly stepsPerEpoch: number;
  readonly totalSteps: number;
  /** Epoch from 0 and rows of a step from 0. */
  at(step: number): { epoch: number; rows: Uint32Array; isLastOfEpoch: boolean };
}

/**
 * Rows 0 … `count` - 1 in batches. A batch larger than the set is cut to it, so that an epoch has
 * one step at least. The plan depends on its arguments only: a resumed training goes on in it.
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
  let current: { epoch: number; batches: Uint32Array[] } | null = null;
  return {
    stepsPerEpoch,
    totalSteps: stepsPerEpoch * epochs,
    at(step) {
      const epoch = Math.floor(step / stepsPerEpoch);
      if (current?.epoch !== epoch) {
        current = { epoch, batches: batchPlan({ indices, batch, seed, epoch, dropLast: true }) };
      }
      const inEpoch = step % stepsPerEpoch;
      const rows = current.batches[inEpoch];
      if (!rows) throw new Error(`epoch ${epoch} has no batch ${inEpoch}`);
      return { epoch, rows, isLastOfEpoch: inEpoch === stepsPerEpoch - 1 };
    },
  };
}
