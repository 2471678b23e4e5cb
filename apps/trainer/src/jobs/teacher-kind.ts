import { enumName } from '@blockwise/contracts';
import type { TeacherKind } from '@blockwise/db';

const teacherKinds: readonly TeacherKind[] = ['train', 'timm', 'layersModel', 'network'];

/** The kind of teacher that the API names. */
export function teacherKindOf(told: string): TeacherKind {
  const kind = teacherKinds.find((name) => enumName(name) === told);
  if (kind === undefined) throw new Error(`there is no kind of teacher ${told}`);
  return kind;
}
