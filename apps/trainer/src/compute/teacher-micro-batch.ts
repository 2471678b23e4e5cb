import type { MicroBatch } from '@blockwise/engine';
import type { TaskContext } from './task.ts';
import { type MemoryUse, taskMicroBatch } from './task-micro-batch.ts';
import { type TeacherRequest, teacherKey } from './teacher-request.ts';

/** What a specification says about passes of the teacher. */
export interface FeaturePasses extends MemoryUse {
  readonly microBatch: number;
}

/** What this thread's last teacher went through with. */
let last: { key: string; microBatch: MicroBatch } | null = null;

/**
 * How many images of a pass a teacher has on the engine at once. A thread computes a set of features
 * in many tasks: the size that worked in one is where the next begins.
 */
export function teacherMicroBatch(
  teacher: Pick<TeacherRequest, 'sha256' | 'imageSize'>,
  passes: FeaturePasses,
  context: Pick<TaskContext, 'reporter'>,
): MicroBatch {
  const key = `${teacherKey(teacher)} ${passes.microBatch} ${passes.onOutOfMemory}`;
  const size = last?.key === key ? last.microBatch.size : passes.microBatch;
  const microBatch = taskMicroBatch({ ...passes, microBatch: size }, context);
  last = { key, microBatch };
  return microBatch;
}
