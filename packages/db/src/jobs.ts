import type { JobState, Phase } from '@blockwise/contracts';
import { type Reader, readableSql } from './accounts/readable.ts';
import type { Database } from './database.ts';
import { toJobRow, toRunRow } from './from-rows.ts';
import { Prisma } from './generated/client.ts';
import { allOf } from './keys.ts';
import { guardedInSearch } from './list-searches.ts';
import { ownedList } from './owned-list.ts';
import type { JobRow, RunRow } from './rows.ts';
import { isUuid } from './uuid.ts';

/** Jobs of a search by phase, then age. */
export async function jobsOf(db: Database, searchId: string): Promise<JobRow[]> {
  const rows = await db.prisma.job.findMany({
    where: { searchId },
    orderBy: [{ kind: 'asc' }, { createdAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(toJobRow);
}

export interface JobFilter {
  /** Only what this reader may see. */
  readonly reader: Reader;
  readonly kinds?: readonly Phase[] | null | undefined;
  readonly states?: readonly JobState[] | null | undefined;
}

/** PHASE: the order of {@link jobsOf}. */
export type JobOrderField = 'PHASE' | 'CREATED_AT' | 'STARTED_AT' | 'FINISHED_AT';

/** Jobs of searches. Those for a network or a teacher are seen by whoever sees that. */
export const jobsOfSearches = ownedList<JobRow, JobFilter, JobOrderField>({
  name: 'jobs',
  from: Prisma.sql`job j JOIN search s ON s.id = j.search_id
    LEFT JOIN network n ON n.id = j.network_id
    LEFT JOIN teacher t ON t.search_id = j.search_id AND j.kind = 'teacher'`,
  id: Prisma.sql`j.id`,
  owner: Prisma.sql`j.search_id`,
  usual: 'PHASE',
  orders: {
    PHASE: {
      value: Prisma.sql`array_position(enum_range(NULL::phase), j.kind)::float8`,
      type: 'number',
      equals: [{ value: Prisma.sql`j.created_at`, type: 'time' }],
      direction: 'ASC',
    },
    CREATED_AT: { value: Prisma.sql`j.created_at`, type: 'time', direction: 'DESC' },
    STARTED_AT: {
      ...{ value: Prisma.sql`j.started_at`, type: 'time', direction: 'DESC' },
      isNullable: true,
    },
    FINISHED_AT: {
      ...{ value: Prisma.sql`j.finished_at`, type: 'time', direction: 'DESC' },
      isNullable: true,
    },
  },
  where(filter) {
    // Nobody's jobs are shown to nobody.
    if (filter === undefined) return Prisma.sql`false`;
    const { reader, kinds, states } = filter;
    return allOf([
      readableSql(reader, guardedInSearch(Prisma.sql`coalesce(n.visibility, t.visibility)`)),
      kinds ? Prisma.sql`j.kind::text = ANY(${[...kinds]}::text[])` : null,
      states ? Prisma.sql`j.state::text = ANY(${[...states]}::text[])` : null,
    ]);
  },
  async read(db, ids) {
    const rows = await db.prisma.job.findMany({ where: { id: { in: [...ids] } } });
    return rows.map(toJobRow);
  },
  idOf: ({ id }) => id,
});

export async function readJob(db: Database, id: string): Promise<JobRow | null> {
  const row = isUuid(id) ? await db.prisma.job.findUnique({ where: { id } }) : null;
  return row === null ? null : toJobRow(row);
}

/** Attempts at all jobs of a search, oldest first. */
export async function runsOf(db: Database, searchId: string): Promise<RunRow[]> {
  const rows = await db.prisma.run.findMany({
    where: { job: { searchId } },
    include: { trainer: { select: { name: true } } },
    orderBy: [{ startedAt: 'asc' }, { jobId: 'asc' }, { attempt: 'asc' }],
  });
  return rows.map(toRunRow);
}
