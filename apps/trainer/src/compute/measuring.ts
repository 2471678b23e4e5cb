import type { RatingMeasure } from '@blockwise/contracts';
import type { RateOptions } from '@blockwise/engine';
import { loadedTeacher } from './loaded-teacher.ts';
import type { TeacherRequest } from './teacher-request.ts';

/** A measure with what it needs: the teacher, where a path is put into it. */
export type Measuring = Pick<RateOptions, 'measure' | 'teacher'>;

export async function measuring(
  measure: RatingMeasure,
  teacher: TeacherRequest,
): Promise<Measuring> {
  const isReplacing = measure === 'replaceKl' || measure === 'replaceError';
  return isReplacing ? { measure, teacher: await loadedTeacher(teacher) } : { measure };
}
