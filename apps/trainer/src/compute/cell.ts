import { type DistilSpec, DomainError, type SearchSpec } from '@blockwise/contracts';
import { imageChannels, spaceOf } from '@blockwise/dna';
import type { FeatureShape } from '@blockwise/engine';
import type { FeatureSource } from '../features/feature-source.ts';
import { BlockFeatures } from './block-features.ts';
import type { EarlierBlocks } from './earlier-blocks.ts';
import type { Draws } from './feature-groups.ts';
import { type DataRequest, type SearchData, searchData } from './search-data.ts';
import type { TaskContext } from './task.ts';
import type { FeaturePasses } from './teacher-micro-batch.ts';
import type { TeacherRequest } from './teacher-request.ts';

/** Which cell of which search. */
export interface CellPlaceRequest {
  readonly data: DataRequest;
  readonly teacher: TeacherRequest;
  /** Search space in its grammar, or the name of a preset. */
  readonly space: string;
  /** 0-based. */
  readonly block: number;
  /** 0-based cell of the block. */
  readonly cell: number;
  readonly onOutOfMemory: SearchSpec['onOutOfMemory'];
  readonly strategy: DistilSpec['strategy'];
  /** What is before the block when the strategy feeds it with the student's own features. */
  readonly earlier: EarlierBlocks;
}

/** A cell, and where its features are. */
export interface CellRequest extends CellPlaceRequest {
  readonly draws: Draws;
  readonly features: FeatureSource;
  /** Of the teacher, where features have to be computed. */
  readonly passes: FeaturePasses;
}

/** Where a cell stands between the teacher's cut points. */
export function placeOf(
  { teacher, block, cell, space: text, earlier }: CellPlaceRequest,
  data: SearchData,
) {
  const image: FeatureShape = { channels: imageChannels, size: data.info.size };
  /** What the teacher makes of an image: before the first block, and after every block. */
  const shapes: FeatureShape[] = [image, ...teacher.cuts.slice(1)];
  const [teacherIn, teacherOut] = [shapes[block], shapes[block + 1]];
  if (!teacherIn || !teacherOut) {
    throw new DomainError('SPACE_MISFIT', `The teacher has no block ${block + 1}.`, {
      path: ['space', 'blocks', block],
    });
  }
  const space = spaceOf(text);
  return {
    place: { space, block, cell, teacherIn, teacherOut },
    /** Of the student's blocks before this one. */
    before: { space, shapes: shapes.slice(0, block + 2), pools: earlier.pools },
  };
}

/** Opens what the work on a cell needs; close `features` afterwards. */
export async function openCell(request: CellRequest, context: TaskContext) {
  const { teacher, block, draws, strategy } = request;
  const data = await searchData(request.data, context);
  const input = strategy === 'dna' ? 'teacher' : 'image';
  const source = request.features;
  return {
    data,
    ...placeOf(request, data),
    features: new BlockFeatures(
      { data, teacher, block, input, draws, source, passes: request.passes },
      context,
    ),
  };
}

/** What {@link openCell} opened. */
export type OpenCell = Awaited<ReturnType<typeof openCell>>;
