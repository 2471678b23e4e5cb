import type { JobState } from '@blockwise/contracts';
import type { Database } from './database.ts';
import { toAuditRow } from './from-network-rows.ts';
import { Prisma } from './generated/client.ts';
import { ownedList } from './owned-list.ts';
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

export interface AuditFilter {
  readonly states?: readonly JobState[] | null | undefined;
}

export type AuditOrderField = 'CREATED_AT' | 'FINISHED_AT' | 'NAME';

/** Audits of searches, oldest first if nothing else is asked for. */
export const auditsOfSearches = ownedList<AuditRow, AuditFilter, AuditOrderField>({
  name: 'audits',
  from: Prisma.sql`audit a`,
  id: Prisma.sql`a.id`,
  owner: Prisma.sql`a.search_id`,
  usual: 'CREATED_AT',
  orders: {
    CREATED_AT: { value: Prisma.sql`a.created_at`, type: 'time', direction: 'ASC' },
    FINISHED_AT: {
      ...{ value: Prisma.sql`a.finished_at`, type: 'time', direction: 'DESC' },
      isNullable: true,
    },
    NAME: { value: Prisma.sql`a.name`, type: 'text', direction: 'ASC' },
  },
  where: ({ states } = {}) =>
    states ? Prisma.sql`a.state::text = ANY(${[...states]}::text[])` : Prisma.sql`true`,
  async read(db, ids) {
    const rows = await db.prisma.audit.findMany({ where: { id: { in: [...ids] } } });
    return rows.map(toAuditRow);
  },
  idOf: ({ id }) => id,
});

export async function readAudit(db: Database, id: string): Promise<AuditRow | null> {
  const row = isUuid(id) ? await db.prisma.audit.findUnique({ where: { id } }) : null;
  return row === null ? null : toAuditRow(row);
}
