import type { Database } from './database.ts';
import type { CellRow } from './rows.ts';
import { isUuid } from './uuid.ts';

/** Cells of a search by block, then position. */
export async function cellsOf(db: Database, searchId: string): Promise<CellRow[]> {
  return db.prisma.cell.findMany({
    where: { searchId },
    orderBy: [{ block: 'asc' }, { index: 'asc' }],
  });
}

export async function readCell(db: Database, id: string): Promise<CellRow | null> {
  return isUuid(id) ? db.prisma.cell.findUnique({ where: { id } }) : null;
}
