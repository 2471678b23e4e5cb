import { type DatasetInfo, DomainError } from '@blockwise/contracts';
import { loadedTeacher } from '../loaded-teacher.ts';
import { type DataRequest, searchData } from '../search-data.ts';
import { checkSearchPlan, type SearchPlan } from '../search-plan.ts';
import type { TaskContext } from '../task.ts';
import type { TeacherRequest } from '../teacher-request.ts';
import { testTop1 } from '../train-classifier.ts';

export interface TeacherTestRequest {
  readonly data: DataRequest;
  /** What the teacher is for. */
  readonly plan: SearchPlan;
  /** The teacher of an earlier search. */
  readonly teacher: TeacherRequest;
  /** What that search's labels mean. */
  readonly classes: readonly string[];
}

export interface TeacherTestResult {
  readonly dataset: DatasetInfo;
  /** On this search's test part, 0..1. */
  readonly top1: number;
}

/**
 * Takes another search's teacher over for this search's images.
 *
 * @throws DomainError SPEC_INVALID when its classes or its image size are not those of the images
 */
export async function teacherTest(
  { data: dataRequest, plan, teacher, classes }: TeacherTestRequest,
  context: TaskContext,
): Promise<TeacherTestResult> {
  const data = await searchData(dataRequest, context);
  const { info } = data;
  const path = ['teacher', 'searchId'];
  if (info.size !== teacher.imageSize) {
    throw new DomainError(
      'SPEC_INVALID',
      `The teacher knows images of ${teacher.imageSize} pixels, not of ${info.size}.`,
      { path },
    );
  }
  if (JSON.stringify(info.classes) !== JSON.stringify(classes)) {
    throw new DomainError(
      'SPEC_INVALID',
      `The teacher knows the classes ${classes.join(', ')}; the images have ${info.classes.join(', ')}.`,
      { path },
    );
  }
  checkSearchPlan(plan, teacher.architecture, info);
  return { dataset: info, top1: await testTop1(loadedTeacher(teacher), data) };
}
