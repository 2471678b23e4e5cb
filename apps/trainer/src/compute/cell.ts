import { DomainError } from '@blockwise/contracts';
import { parseSpace } from '@blockwise/dna';
import type { FeatureShape } from '@blockwise/engine';
import { BlockFeatures } from './block-features.ts';
import type { Draws } from './feature-groups.ts';
import { imageChannels } from './image-shape.ts';
import { type DataRequest, searchData } from './search-data.ts';
import type { TaskContext } from './task.ts';
import { type TeacherRequest, teacherCuts } from './teacher-request.ts';

/** Which cell of which search, and where its features are. */
export interface CellRequest {
  readonly data: DataRequest;
  readonly teacher: TeacherRequest;
  /** Search space in its grammar. */
  readonly space: string;
  /** 0-based. */
  readonly block: number;
  /** 0-based cell of the block. */
  readonly cell: number;
  readonly draws: Draws;
  /** Folder of stored teacher features, or null: the teacher computes them for every batch. */
  readonly featureFolder: string | null;
}

/** Opens what the work on a cell needs; close `features` afterwards. */
export async function openCell(request: CellRequest, context: TaskContext) {
  const { teacher, block, cell, draws, featureFolder: folder } = request;
  const data = await searchData(request.data, context);
  const cuts = teacherCuts(teacher);
  const image: FeatureShape = { channels: imageChannels, size: data.info.size };
  const teacherIn = block === 0 ? image : cuts[block];
  const teacherOut = cuts[block + 1];
  if (!teacherIn || !teacherOut) {
    throw new DomainError('SPACE_MISFIT', `The teacher has no block ${block + 1}.`, {
      path: ['space', 'blocks', block],
    });
  }
  return {
    data,
    place: { space: parseSpace(request.space), block, cell, teacherIn, teacherOut },
    features: new BlockFeatures({ data, teacher, block, draws, folder }),
  };
}
