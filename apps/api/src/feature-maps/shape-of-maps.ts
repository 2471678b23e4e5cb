import { type Database, type FeatureMapsRow, readCell, teacherOf } from '@blockwise/db';

/** [samples, size, size, channels] of the teacher's maps, and so of the student's. */
export async function shapeOfMaps(
  database: Database,
  { cellId, searchId, samples }: FeatureMapsRow,
): Promise<readonly [number, number, number, number]> {
  const [cell, teacher] = await Promise.all([
    readCell(database, cellId),
    teacherOf(database, searchId),
  ]);
  const cut = cell && teacher?.cuts[cell.block + 1];
  if (cut == null) throw new Error('the teacher has no such block');
  return [samples.length, cut.size, cut.size, cut.channels];
}
