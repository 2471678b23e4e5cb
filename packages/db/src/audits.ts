import type { Database } from './database.ts';
import { toAuditRow } from './from-network-rows.ts';
import type { AuditRow } from './rows.ts';
import { isUuid } from './uuid.ts';

/** Audits of a search, oldest first. */
export async function auditsOf(db: Database, searchId: string): Promise<AuditRow[]> {
  const rows = await db.prisma.audit.findMany({
    where: { searchId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(toAuditRow);
}

export async function readAudit(db: Database, id: string): Promise<AuditRow | null> {
  const row = isUuid(id) ? await db.prisma.audit.findUnique({ where: { id } }) : null;
  return row === null ? null : toAuditRow(row);
}
