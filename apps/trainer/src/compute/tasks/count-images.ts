import { type DataRequest, searchData } from '../search-data.ts';
import type { TaskContext } from '../task.ts';

/** How many images each use has. */
export interface ImageCounts {
  readonly fitting: number;
  readonly rating: number;
  readonly calibration: number;
}

/** Loads a search's images and says how they are divided. */
export async function countImages(
  request: DataRequest,
  context: TaskContext,
): Promise<ImageCounts> {
  const { fitting, rating, calibration } = await searchData(request, context);
  return { fitting: fitting.length, rating: rating.length, calibration: calibration.length };
}
