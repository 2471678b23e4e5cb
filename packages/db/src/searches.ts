import type { DatasetInfo, SearchState } from '@blockwise/contracts';
import { type Reader, readableBy } from './accounts/readable.ts';
import type { Database } from './database.ts';
import { toDatasetInfo, toDatasetRow, toSearchRow, toTeacherRow } from './from-rows.ts';
import {
  checkFirst,
  decodeCursor,
  encodeCursor,
  isTimeKey,
  type Page,
  type PageRequest,
  toPage,
} from './page.ts';
import type { DatasetRow, SearchRow, TeacherRow } from './rows.ts';
import { isUuid } from './uuid.ts';

export async function readSearch(db: Database, id: string): Promise<SearchRow | null> {
  if (!isUuid(id)) {
    return null;
  }
  const row = await db.prisma.search.findUnique({ where: { id } });
  return row === null ? null : toSearchRow(row);
}

export interface ListSearches extends PageRequest, SearchFilter {}

export interface SearchFilter {
  /** Only what this reader may see. */
  readonly reader: Reader;
  readonly state?: SearchState | null | undefined;
}

/** Searches that the reader may see, newest first. */
export async function listSearches(db: Database, request: ListSearches): Promise<Page<SearchRow>> {
  const first = checkFirst(request.first);
  const after = decodeCursor('searches', request.after, isTimeKey);
  const rows = await db.prisma.search.findMany({
    where: {
      ...matching(request),
      ...(after === null
        ? {}
        : {
            AND: {
              OR: [
                { createdAt: { lt: after[0] } },
                { createdAt: { equals: after[0] }, id: { lt: after[1] } },
              ],
            },
          }),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: first + 1,
  });
  return toPage(rows, first, (row) => ({
    cursor: encodeCursor('searches', [row.createdAt.toISOString(), row.id]),
    node: toSearchRow(row),
  }));
}

/** How many of them there are. */
export async function countSearches(db: Database, filter: SearchFilter): Promise<number> {
  return db.prisma.search.count({ where: matching(filter) });
}

function matching({ reader, state }: SearchFilter) {
  return { ...readableBy(reader), ...(state ? { state } : {}) };
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
