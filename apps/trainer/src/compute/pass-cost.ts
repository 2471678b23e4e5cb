import { type TeacherRequest, teacherKey } from './teacher-request.ts';

/** What this thread's passes of its last teacher took so far. */
let measured: { key: string; rows: number; seconds: number } | null = null;

export function notePass(teacher: TeacherRequest, rows: number, seconds: number): void {
  const key = teacherKey(teacher);
  const before = measured?.key === key ? measured : { rows: 0, seconds: 0 };
  measured = { key, rows: before.rows + rows, seconds: before.seconds + seconds };
}

/** Seconds that an image's features take; null when this thread has computed none. */
export function passSeconds(teacher: TeacherRequest): number | null {
  if (measured?.key !== teacherKey(teacher) || measured.rows === 0) return null;
  return measured.seconds / measured.rows;
}
