import { DomainError, type RatingSpec } from '@blockwise/contracts';
import { boundaryShapes, type Cost, cellCosts, pathFromIndex, printPath } from '@blockwise/dna';
import {
  type BatchSource,
  type CellRating,
  CellSupernet,
  rateCell,
  readSafetensors,
} from '@blockwise/engine';
import type { BlockBatch } from '../block-features.ts';
import { type CellRequest, type OpenCell, openCell } from '../cell.ts';
import { throughBlocks } from '../cell-student.ts';
import { blocksBefore } from '../earlier-blocks.ts';
import { wholeGroup } from '../feature-groups.ts';
import { measuring } from '../measuring.ts';
import { TaskStopped } from '../stop-signal.ts';
import type { TaskContext } from '../task.ts';
import { taskMicroBatch } from '../task-micro-batch.ts';
import { labelsOf } from '../test-classifier.ts';

export interface RateRequest extends CellRequest {
  readonly rating: RatingSpec;
  /** safetensors: the distilled supernet. */
  readonly weights: Uint8Array;
}

/** Columns by path index. */
export interface RateResult {
  readonly losses: Float64Array;
  /** Half widths of the losses' 95% intervals; null with a single batch. */
  readonly errors: Float64Array | null;
  /** Of the measures that put a path into the teacher, else null. */
  readonly kl: Float64Array | null;
  readonly top1: Float64Array | null;
  /** At the widths of the final network after the first cell of the block before. */
  readonly costs: Cost[];
  /** Encodings. */
  readonly paths: string[];
}

/** Rates every path of a distilled cell on the rating images (DNA, section 3.4). */
export async function rate(request: RateRequest, context: TaskContext): Promise<RateResult> {
  const { block, cell } = request;
  const opened = await openCell(request, context);
  const { info } = opened.data;
  const { space } = opened.place;
  try {
    const { losses, errors, kl, top1 } = await rateOpened(request, opened, context);
    const task = { inputSize: info.size, classes: info.classes.length };
    const [before] = boundaryShapes(space, task)[block] ?? [];
    if (!before) throw new Error(`there is nothing before block ${block}`);
    return {
      losses,
      errors,
      kl,
      top1,
      costs: cellCosts(space, block, cell, before.channels, before.size),
      paths: Array.from(losses, (_, index) => printPath(pathFromIndex(space, block, cell, index))),
    };
  } finally {
    opened.features.close();
  }
}

async function rateOpened(
  request: RateRequest,
  opened: OpenCell,
  context: TaskContext,
): Promise<CellRating> {
  const { reporter, stop } = context;
  const { data, place, features } = opened;
  const { rating, teacher, onOutOfMemory } = request;
  const microBatch = taskMicroBatch({ ...rating, onOutOfMemory }, context);
  const weights = readSafetensors(request.weights).arrays;
  const clean = await features.read(wholeGroup('calibration', data.calibration.length));
  const before = blocksBefore(request, opened.before, weights, clean);
  const enter = async (batch: BlockBatch) =>
    before ? throughBlocks(before, batch, microBatch) : batch;
  const supernet = new CellSupernet({ ...place, seed: 'replaced' });
  try {
    supernet.store.write(weights);
    return await rateCell({
      supernet,
      microBatch,
      calibration: await enter(clean),
      batches: ratingBatches(opened, rating.batch, enter),
      ...(await measuring(rating.measure, teacher, labelsOf(data.train, data.rating))),
      onProgress: ({ done, total }) => reporter.progress(done, total, 'paths'),
      shouldStop: () => stop.read() !== null,
    });
  } catch (error) {
    const stopped = error instanceof DomainError && error.code === 'CANCELLED';
    throw stopped ? new TaskStopped('The rating was stopped.') : error;
  } finally {
    supernet.dispose();
    before?.dispose();
  }
}

/** The rating set in batches, each read when its turn comes: all of it may not fit into memory. */
function ratingBatches(
  { data, features }: OpenCell,
  batch: number,
  enter: (read: BlockBatch) => Promise<BlockBatch>,
): BatchSource[] {
  const count = data.rating.length;
  const whole = wholeGroup('rating', count);
  return Array.from({ length: Math.ceil(count / batch) }, (_, i) => {
    const from = i * batch;
    const to = Math.min(count, from + batch);
    return { count: to - from, read: async () => enter(await features.read(whole, from, to)) };
  });
}
