import type { RatingMeasure } from '@blockwise/contracts';
import type { RateOptions } from '@blockwise/engine';
import { loadedTeacher } from './loaded-teacher.ts';
import type { TeacherRequest } from './teacher-request.ts';

/** A measure with what it needs: where a path is put into the teacher, that and the images' classes. */
export type Measuring = Pick<RateOptions, 'measure' | 'teacher' | 'labels'>;

/** @param labels classes of the rated images, in order; a teacher may tell others apart */
export async function measuring(
  measure: RatingMeasure,
  request: TeacherRequest,
  labels: readonly number[],
): Promise<Measuring> {
  const isReplacing = measure === 'replaceKl' || measure === 'replaceError';
  if (!isReplacing) return { measure };
  const teacher = await loadedTeacher(request);
  return teacher.classes === request.classes ? { measure, teacher, labels } : { measure, teacher };
}
