import { DomainError } from '@blockwise/contracts';
import type { Database } from '../database.ts';
import { toFeatureMapsRow } from '../feature-maps.ts';
import { createJobs, unfinished } from '../job-rows.ts';
import type { Queue } from '../queue.ts';
import type { CellRow, FeatureMapsRow } from '../rows.ts';
import { changeCompleteSearch } from './follow-up.ts';

/** Samples of one request at most. */
export const maxMapSamples = 8;
/** Numbers of teacher's and student's maps together: 32 MB. */
export const maxMapFloats = 8_000_000;

export interface RequestFeatureMaps {
  readonly cell: CellRow;
  /** One base-36 digit a layer; undefined: the cell's best. */
  readonly path: string | undefined;
  /** Numbers of the data set's samples, from 0. */
  readonly samples: readonly number[];
}

/**
 * Has the feature maps of a path kept, beside the teacher's, for some samples of the data set. There is
 * one row for the same cell, path and samples: asking again answers with it, and only begins anew where
 * its job failed or was cancelled.
 *
 * @throws DomainError CONFLICT when the search is not COMPLETE; NOT_READY when its data set has no
 *   samples; BAD_INPUT for a path or a sample that there is not, and for more numbers than are kept
 */
export async function requestFeatureMaps(
  db: Database,
  queue: Queue,
  { cell, path: wanted, samples }: RequestFeatureMaps,
): Promise<FeatureMapsRow> {
  return changeCompleteSearch(db, cell.searchId, async (transaction) => {
    const { tx, search } = transaction;
    const { sampleLabels } = await tx.dataset.findUniqueOrThrow({ where: { searchId: search.id } });
    checkSamples(samples, sampleLabels.length);
    const { cuts } = await tx.teacher.findUniqueOrThrow({ where: { searchId: search.id } });
    checkSize(samples.length, (cuts as unknown as MapShape[])[cell.block + 1]);
    const candidate = await tx.candidate.findFirst({
      where: { cellId: cell.id, path: wanted ?? cell.bestPath ?? '' },
      select: { index: true, path: true },
    });
    if (candidate === null) {
      throw new DomainError('BAD_INPUT', `The cell has no path ${wanted}.`, { path: ['path'] });
    }
    const { index: candidateIndex, path } = candidate;
    const order = { cellId: cell.id, candidateIndex, samples: [...samples] };
    const earlier = await tx.featureMaps.findFirst({
      where: { ...order, samples: { equals: order.samples } },
    });
    const row =
      earlier ?? (await tx.featureMaps.create({ data: { ...order, path, searchId: search.id } }));
    const isUnderWay = await tx.job.count({
      where: { featureMapsId: row.id, state: { in: [...unfinished, 'COMPLETE'] } },
    });
    if (isUnderWay === 0) {
      await createJobs(transaction, queue, [
        { kind: 'maps', cellId: cell.id, featureMapsId: row.id },
      ]);
    }
    return toFeatureMapsRow(row);
  });
}

interface MapShape {
  readonly size: number;
  readonly channels: number;
}

function checkSamples(samples: readonly number[], count: number): void {
  const refuse = (message: string): never => {
    throw new DomainError('BAD_INPUT', message, { path: ['samples'] });
  };
  if (count === 0) {
    throw new DomainError('NOT_READY', 'The data set of this search was read without samples.', {
      path: ['cell'],
    });
  }
  if (samples.length < 1 || samples.length > maxMapSamples) {
    refuse(`From 1 to ${maxMapSamples} samples, not ${samples.length}.`);
  }
  if (new Set(samples).size < samples.length) refuse('A sample is named twice.');
  const none = samples.find((sample) => sample < 0 || sample >= count);
  if (none !== undefined) refuse(`There is no sample ${none}, only 0 to ${count - 1}.`);
}

function checkSize(samples: number, shape: MapShape | undefined): void {
  if (shape === undefined) throw new Error('a cell lies behind the last cut point');
  const { size, channels } = shape;
  const floats = 2 * samples * size * size * channels;
  if (floats <= maxMapFloats) return;
  throw new DomainError(
    'BAD_INPUT',
    `Maps of ${size}×${size}×${channels} for ${samples} samples, of teacher and student, are ${floats} ` +
      `numbers, more than ${maxMapFloats}: ask for fewer samples.`,
    { path: ['samples'] },
  );
}
