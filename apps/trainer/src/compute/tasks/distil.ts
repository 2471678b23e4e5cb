import { type DistilSpec, DomainError, type RatingMeasure } from '@blockwise/contracts';
import { writeSafetensors } from '@blockwise/engine';
import { type CellRequest, openCell } from '../cell.ts';
import { type ResumePoint, readState, writeState } from '../resume.ts';
import type { TaskContext } from '../task.ts';
import { taskMicroBatch } from '../task-micro-batch.ts';
import { type CellRun, sizeSums, type TrainedCell, trainCell } from '../train-cell.ts';

export interface DistilRequest extends CellRequest {
  readonly distil: DistilSpec;
  /** Of the rating that the cell will get: what its plateau is seen by. */
  readonly measure: RatingMeasure;
  /** Of the search. */
  readonly seed: number;
  readonly resume: ResumePoint | null;
}

export interface DistilResult extends Omit<TrainedCell, 'weights'> {
  /** safetensors: the supernet's weights; with `s1` those of the blocks before it too. */
  readonly weights: Uint8Array;
}

/**
 * Trains one cell's supernet to turn what enters its block into the teacher's features after it
 * (DNA, section 3.2). A cell that diverges begins once more at a lower rate where the specification
 * says so; a checkpoint remembers that it does.
 *
 * @throws DomainError DIVERGED, naming step and path; OUT_OF_MEMORY, naming the shapes
 */
export async function distil(request: DistilRequest, context: TaskContext): Promise<DistilResult> {
  const { distil: spec, seed, earlier, measure, onOutOfMemory } = request;
  const opened = await openCell(request, context);
  const state = request.resume && readState(request.resume);
  // The checkpoint of step 0 holds no weights.
  const isBegun = request.resume !== null && request.resume.step > 0;
  const first: CellRun = {
    opened,
    microBatch: taskMicroBatch(
      { onOutOfMemory, microBatch: state?.sums.microBatch ?? spec.microBatch },
      context,
    ),
    looked: taskMicroBatch({ onOutOfMemory, microBatch: state?.sums.looked ?? null }, context),
    earlier,
    teacher: request.teacher,
    measure,
    spec,
    seed,
    retries: state?.sums.retries ?? 0,
    resume: isBegun && state ? { step: request.resume.step, state } : null,
  };
  try {
    const trained = await trainCell(first, context).catch((error: unknown) => {
      if (!isDiverged(error) || spec.divergence.retryRate === null || first.retries > 0) {
        throw error;
      }
      const retries = 1;
      const reason = `${error.message} It begins again at ${spec.divergence.retryRate} times its learning rate.`;
      const sums = { retries, ...sizeSums(first) };
      context.reporter.restart(reason, writeState(0, { arrays: new Map(), sums }));
      return trainCell({ ...first, retries, resume: null }, context);
    });
    return { ...trained, weights: writeSafetensors(trained.weights) };
  } finally {
    opened.features.close();
  }
}

function isDiverged(error: unknown): error is DomainError {
  return error instanceof DomainError && error.code === 'DIVERGED';
}
