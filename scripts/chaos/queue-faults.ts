import { randomUUID } from 'node:crypto';
import { type Database, jobsOf } from '../../packages/db/src/index.ts';

/**
 * Lets the queue believe that all trainers have been silent for an hour: it gives their jobs to
 * others while they work on. Answers how many.
 */
export async function deliverTwice({ pool }: Database): Promise<number> {
  const { rowCount } = await pool.query(
    `UPDATE pgboss.job SET heartbeat_on = now() - interval '1 hour'
     WHERE name LIKE 'search.%' AND state = 'active'`,
  );
  return rowCount ?? 0;
}

/**
 * Puts into the queue what nobody should have: payloads of a wrong shape, jobs that do not exist, and
 * one that is finished already. Answers how many.
 */
export async function poisonQueues(db: Database, searchId: string): Promise<number> {
  const jobs = await jobsOf(db, searchId);
  const finished = jobs.find(({ state }) => state === 'COMPLETE');
  const poison: [kind: string, payload: unknown][] = [
    ['distil', { jobId: 5 }],
    ['distil', null],
    ['rate', 'not an object'],
    ['retrain', { jobId: randomUUID(), extra: true }],
    ['solve', { jobId: randomUUID() }],
    ...(finished === undefined
      ? []
      : ([[finished.kind, { jobId: finished.id }]] satisfies [string, unknown][])),
  ];
  for (const [kind, payload] of poison) {
    await db.pool.query(
      `INSERT INTO pgboss.job (name, data, priority, retry_limit, heartbeat_seconds, expire_seconds)
       VALUES ($1, $2::jsonb, 50, 3, 10, 3600)`,
      [`search.${kind}`, JSON.stringify(payload)],
    );
  }
  return poison.length;
}
