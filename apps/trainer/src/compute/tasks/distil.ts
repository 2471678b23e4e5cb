import type { DistilSpec } from '@blockwise/contracts';
import { createRandom, samplePath } from '@blockwise/dna';
import { CellTraining, epochDecay, pathLoss, writeSafetensors } from '@blockwise/engine';
import type { BlockBatch, BlockFeatures } from '../block-features.ts';
import { type CellRequest, openCell } from '../cell.ts';
import { planEpochs } from '../epochs.ts';
import { rowRange, variantCount } from '../feature-groups.ts';
import { type ResumePoint, readState, stopWhenAsked, writeState } from '../resume.ts';
import type { TaskContext } from '../task.ts';

export interface DistilRequest extends CellRequest {
  readonly distil: DistilSpec;
  /** Of the search. */
  readonly seed: number;
  readonly resume: ResumePoint | null;
}

export interface DistilResult {
  /** safetensors: the supernet's weights. */
  readonly weights: Uint8Array;
  /** Mean training loss of the last epoch. */
  readonly finalLoss: number;
  readonly steps: number;
}

/** Rating images on which `held_out_loss` is measured. */
const heldOutImages = 64;

/**
 * Trains one cell's supernet from the teacher's features before its block to those after it (DNA,
 * section 3.2). Curves: `loss` of every step (mean squared error); of every epoch `learning_rate`
 * and `held_out_loss`, the relative L1 of a random path on rating images.
 */
export async function distil(request: DistilRequest, context: TaskContext): Promise<DistilResult> {
  const { block, cell, seed, distil: spec } = request;
  const { data, place, features } = await openCell(request, context);
  const { batch, epochs } = spec;
  const learningRate = learningRateOf(spec, block);
  const count = data.fitting.length;
  const order = `${seed}/distil/${block}/${cell}`;
  const plan = planEpochs({ count, batch, epochs, seed: order });
  const training = new CellTraining({ ...place, seed, learningRate, decay: spec.decay });
  const { reporter } = context;
  try {
    const heldOut = await heldOutBatches(features, data);
    const resumed = request.resume && readState(request.resume);
    if (resumed) training.restore(resumed.arrays);
    let epochLoss = resumed?.sums.epochLoss ?? 0;
    const state = async () => ({ arrays: await training.snapshot(), sums: { epochLoss } });
    for (let step = request.resume?.step ?? 0; step < plan.totalSteps; step++) {
      await stopWhenAsked(context, step, state);
      const { epoch, rows, isLastOfEpoch } = plan.at(step);
      if (step % plan.stepsPerEpoch === 0) epochLoss = 0;
      const variant = epoch % variantCount(spec);
      const trained = await features.read({ kind: 'train', variant }, rows);
      // Epochs count from 1 in the schedule.
      const { loss } = await training.step({ ...trained, step, epoch: epoch + 1 });
      epochLoss += loss;
      const done = step + 1;
      reporter.point('loss', done, loss);
      if (isLastOfEpoch) {
        reporter.point('learning_rate', done, epochDecay(learningRate, spec.decay, epoch + 1));
        const path = samplePath(place.space, block, cell, createRandom(order, 'held-out', epoch));
        const { supernet } = training;
        reporter.point('held_out_loss', done, await pathLoss({ supernet, path, ...heldOut }));
      }
      reporter.progress(done, plan.totalSteps, 'steps', `epoch ${epoch + 1} of ${epochs}`);
      if (done % spec.checkpointEverySteps === 0 && done < plan.totalSteps) {
        reporter.checkpoint(done, writeState(done, await state()));
      }
    }
    const weights = writeSafetensors(await training.supernet.store.read());
    return { weights, finalLoss: epochLoss / plan.stepsPerEpoch, steps: plan.totalSteps };
  } finally {
    training.dispose();
    features.close();
  }
}

/** The block's own rate, or the one for all. */
function learningRateOf({ learningRate }: DistilSpec, block: number): number {
  if (typeof learningRate === 'number') return learningRate;
  // A list that is too short goes on with its last value.
  return learningRate[Math.min(block, learningRate.length - 1)] ?? 0;
}

async function heldOutBatches(
  features: BlockFeatures,
  { rating, calibration }: { rating: Uint32Array; calibration: Uint32Array },
): Promise<{ batch: BlockBatch; calibration: BlockBatch }> {
  const some = (all: Uint32Array) => rowRange(0, Math.min(heldOutImages, all.length));
  return {
    batch: await features.read({ kind: 'rating' }, some(rating)),
    calibration: await features.read({ kind: 'calibration' }, some(calibration)),
  };
}
