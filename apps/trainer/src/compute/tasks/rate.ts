import { DomainError } from '@blockwise/contracts';
import { cellCosts, pathFromIndex, printPath, sizeAfter } from '@blockwise/dna';
import { CellSupernet, type FeatureShape, rateCell, readSafetensors } from '@blockwise/engine';
import type { BlockBatch } from '../block-features.ts';
import { type CellRequest, openCell } from '../cell.ts';
import { rowRange } from '../feature-groups.ts';
import { imageChannels } from '../image-shape.ts';
import { TaskStopped } from '../stop-signal.ts';
import type { TaskContext } from '../task.ts';

export interface RateRequest extends CellRequest {
  /** Images per batch: the deviation that a loss is divided by is a batch's. */
  readonly batch: number;
  /** safetensors: the distilled supernet. */
  readonly weights: Uint8Array;
}

export interface RateResult {
  /** Relative L1 by path index. */
  readonly losses: Float64Array;
  /** By path index, at the widths of the final network after the first cell of the block before. */
  readonly costs: { params: number; macs: number; flopsTool: number }[];
  /** Encodings by path index. */
  readonly paths: string[];
}

/** Rates every path of a distilled cell on the rating images (DNA, section 3.4). */
export async function rate(request: RateRequest, context: TaskContext): Promise<RateResult> {
  const { block, cell } = request;
  const { data, place, features } = await openCell(request, context);
  const supernet = new CellSupernet({ ...place, seed: 'replaced' });
  try {
    supernet.store.write(readSafetensors(request.weights).arrays);
    const calibration = await features.read(
      { kind: 'calibration' },
      rowRange(0, data.calibration.length),
    );
    const batches: BlockBatch[] = [];
    for (let from = 0; from < data.rating.length; from += request.batch) {
      const rows = rowRange(from, Math.min(data.rating.length, from + request.batch));
      batches.push(await features.read({ kind: 'rating' }, rows));
    }
    const { losses } = await rateCell({
      supernet,
      calibration,
      batches,
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
      costs: cellCosts(space, block, cell, before.channels, before.size),
      paths: Array.from(losses, (_, index) => printPath(pathFromIndex(space, block, cell, index))),
    };
  } finally {
    supernet.dispose();
    features.close();
  }
}

/** Width and side of what enters a block of the final network, when the block before is its first cell. */
function blockInput(space: CellSupernet['space'], block: number, inputSize: number): FeatureShape {
  const before = space.blocks.slice(0, block).map(({ cells: [first] }) => first);
  const places = [...space.stem, ...before];
  const size = places.reduce((side, place) => sizeAfter(side, place?.stride ?? 1), inputSize);
  return { channels: places.at(-1)?.channels ?? imageChannels, size };
}
