import { DomainError, type RatingSpec } from '@blockwise/contracts';
import {
  type Cost,
  cellCosts,
  networkCuts,
  pathFromIndex,
  printPath,
  sizeAfter,
} from '@blockwise/dna';
import {
  CellSupernet,
  type FeatureShape,
  type NamedArrays,
  rateCell,
  readSafetensors,
  StudentPrefix,
} from '@blockwise/engine';
import type { BlockBatch } from '../block-features.ts';
import { type CellRequest, type OpenCell, openCell } from '../cell.ts';
import { throughBlocks } from '../cell-student.ts';
import { frozenBlocks } from '../earlier-blocks.ts';
import { wholeGroup } from '../feature-groups.ts';
import { measuring } from '../measuring.ts';
import { TaskStopped } from '../stop-signal.ts';
import type { TaskContext } from '../task.ts';
import { labelsOf } from '../test-top1.ts';

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
  const { block, cell, rating } = request;
  const opened = await openCell(request, context);
  const { data, place, features } = opened;
  const weights = readSafetensors(request.weights).arrays;
  const supernet = new CellSupernet({ ...place, seed: 'replaced' });
  try {
    supernet.store.write(weights);
    const [calibration, ...batches] = await ratedBatches(request, opened, weights);
    if (!calibration) throw new Error('there is no calibration batch');
    const { losses, errors, kl, top1 } = await rateCell({
      supernet,
      calibration,
      batches,
      labels: labelsOf(data.train, data.rating),
      ...(await measuring(rating.measure, request.teacher)),
      onProgress: ({ done, total }) => context.reporter.progress(done, total, 'paths'),
      shouldStop: () => context.stop.read() !== null,
    }).catch((error: unknown) => {
      const stopped = error instanceof DomainError && error.code === 'CANCELLED';
      throw stopped ? new TaskStopped('The rating was stopped.') : error;
    });
    const { space } = place;
    const before = blockInput(space, block, data.info.size);
    return {
      losses,
      errors,
      kl,
      top1,
      costs: cellCosts(space, block, cell, before.channels, before.size),
      paths: Array.from(losses, (_, index) => printPath(pathFromIndex(space, block, cell, index))),
    };
  } finally {
    supernet.dispose();
    features.close();
  }
}

/** The calibration batch, then the rating batches, with what enters the cell by the strategy. */
async function ratedBatches(
  request: RateRequest,
  opened: OpenCell,
  weights: NamedArrays,
): Promise<BlockBatch[]> {
  const { data, features, before } = opened;
  const { strategy, earlier, block } = request;
  const batches = [await features.read(wholeGroup('calibration', data.calibration.length))];
  const whole = wholeGroup('rating', data.rating.length);
  for (let from = 0; from < data.rating.length; from += request.rating.batch) {
    const to = Math.min(data.rating.length, from + request.rating.batch);
    batches.push(await features.read(whole, from, to));
  }
  const [calibration] = batches;
  if (strategy === 'dna' || block === 0 || !calibration) return batches;
  const prefix =
    strategy === 's1'
      ? StudentPrefix.fromWeights(before, weights, calibration)
      : frozenBlocks(before, earlier, calibration);
  try {
    return await throughBlocks(prefix, batches);
  } finally {
    prefix.dispose();
  }
}

/** Width and side of what enters a block of the final network, when the block before is its first cell. */
function blockInput(space: CellSupernet['space'], block: number, inputSize: number): FeatureShape {
  const before = space.blocks.slice(0, block).map(({ cells: [first] }) => first);
  const [stem] = networkCuts({ stem: space.stem, blocks: [] }, inputSize);
  if (!stem) throw new Error('a network begins with its stem');
  return before.reduce<FeatureShape>(
    ({ size, channels }, cell) =>
      cell ? { size: sizeAfter(size, cell.stride), channels: cell.channels } : { size, channels },
    stem,
  );
}
