import { kindsByUrgency } from '@blockwise/contracts';
import { type Reader, readableSql } from './accounts/readable.ts';
import type { Database } from './database.ts';
import { toJobRow } from './from-rows.ts';
import { Prisma } from './generated/client.ts';
import { countOf, type Order, pageOfIds, pageOfRows } from './keys.ts';
import { guardedInSearch } from './list-searches.ts';
import type { Page, PageRequest } from './page.ts';
import type { JobRow } from './rows.ts';

/**
 * Jobs that wait for a trainer and that the reader may see, in the order in which the queue gives
 * them out: by the place of their search and kind, then the one that was enqueued first. A job for one
 * engine stands among the others.
 */
export async function listWaitingJobs(
  db: Database,
  reader: Reader,
  request: PageRequest,
): Promise<Page<JobRow>> {
  const page = await pageOfIds(db, {
    ...{ name: 'waiting jobs', from, order, id: Prisma.sql`queued.id` },
    ...{ where: whereOf(reader), first: request.first, after: request.after },
  });
  const queueJobIds = page.edges.map(({ node }) => node);
  const rows = await db.prisma.job.findMany({ where: { queueJobId: { in: queueJobIds } } });
  const jobs = pageOfRows(page, rows, ({ queueJobId }) => queueJobId);
  return {
    ...jobs,
    edges: jobs.edges.map(({ cursor, node }) => ({ cursor, node: toJobRow(node) })),
  };
}

export async function countWaitingJobs(db: Database, reader: Reader): Promise<number> {
  return countOf(db, { from, where: whereOf(reader) });
}

/** Every job that waits or is under way, whosever it is, but for those of paused searches. */
export async function unfinishedJobs(db: Database): Promise<JobRow[]> {
  const rows = await db.prisma.job.findMany({
    where: {
      OR: [{ state: 'RUNNING' }, { state: 'QUEUED', search: { state: { not: 'PAUSED' } } }],
    },
  });
  return rows.map(toJobRow);
}

// The jobs of a paused search have none in the queue.
const from = Prisma.sql`job j JOIN search s ON s.id = j.search_id
  JOIN pgboss.job queued ON queued.name = 'search.' || j.kind::text AND queued.id = j.queue_job_id
  LEFT JOIN network n ON n.id = j.network_id
  LEFT JOIN teacher t ON t.search_id = j.search_id AND j.kind = 'teacher'`;

const order: Order = {
  value: Prisma.sql`(array_position(${[...kindsByUrgency]}::text[], j.kind::text)
    - ${kindsByUrgency.length}::int * queued.priority)::float8`,
  type: 'number',
  // Whole microseconds, which a float holds exactly.
  equals: [
    { value: Prisma.sql`(extract(epoch FROM queued.created_on) * 1e6)::float8`, type: 'number' },
  ],
  direction: 'ASC',
};

function whereOf(reader: Reader): Prisma.Sql {
  const isSeen = readableSql(
    reader,
    guardedInSearch(Prisma.sql`coalesce(n.visibility, t.visibility)`),
  );
  return Prisma.sql`j.state = 'QUEUED' AND queued.state < 'active' AND ${isSeen}`;
}
