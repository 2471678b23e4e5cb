import { type Reader, readableSql } from './accounts/readable.ts';
import type { Database } from './database.ts';
import { toDatasetRow } from './from-rows.ts';
import { Prisma } from './generated/client.ts';
import { guardedInSearch } from './list-searches.ts';
import type { DatasetRow } from './rows.ts';

/**
 * What a folder of images held when a search read it last, among the data sets that the reader may
 * see; null when none has.
 *
 * @param size of the images, pixels
 */
export async function lastReadOfFolder(
  db: Database,
  reader: Reader,
  { path, size }: { readonly path: string; readonly size: number },
): Promise<DatasetRow | null> {
  const isSeen = readableSql(reader, guardedInSearch(Prisma.sql`d.visibility`));
  const [found] = await db.prisma.$queryRaw<{ searchId: string }[]>`
    SELECT s.id AS "searchId" FROM dataset d JOIN search s ON s.id = d.search_id
    WHERE d.kind = 'imageFolder' AND d.size = ${size}::int
      AND s.spec->'dataset'->>'path' = ${path} AND ${isSeen}
    ORDER BY s.created_at DESC LIMIT 1`;
  if (found === undefined) return null;
  const row = await db.prisma.dataset.findUnique({ where: { searchId: found.searchId } });
  return row === null ? null : toDatasetRow(row);
}
