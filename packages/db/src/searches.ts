import type { DatasetInfo } from '@blockwise/contracts';
import type { Database } from './database.ts';
import { toDatasetInfo, toDatasetRow, toSearchRow, toTeacherRow } from './from-rows.ts';
import type { DatasetRow, SearchRow, TeacherRow } from './rows.ts';
import { isUuid } from './uuid.ts';

export async function readSearch(db: Database, id: string): Promise<SearchRow | null> {
  if (!isUuid(id)) {
    return null;
  }
  const row = await db.prisma.search.findUnique({ where: { id } });
  return row === null ? null : toSearchRow(row);
}

/** The data set as the teacher's job found it; null until then. */
export async function datasetOf(db: Database, searchId: string): Promise<DatasetInfo | null> {
  const row = await db.prisma.dataset.findUnique({ where: { searchId } });
  return row === null ? null : toDatasetInfo(row);
}

/** Data sets of searches that have read theirs. */
export async function datasetsOfMany(
  db: Database,
  searchIds: readonly string[],
): Promise<DatasetRow[]> {
  const rows = await db.prisma.dataset.findMany({ where: { searchId: { in: [...searchIds] } } });
  return rows.map(toDatasetRow);
}

/** Null until the teacher's job is complete. */
export async function teacherOf(db: Database, searchId: string): Promise<TeacherRow | null> {
  const row = await db.prisma.teacher.findUnique({ where: { searchId } });
  return row === null ? null : toTeacherRow(row);
}
