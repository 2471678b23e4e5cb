import { endRun } from '../attempt/context.ts';
import { lostRun } from '../attempt/fail.ts';
import type { Database } from '../database.ts';
import { emitJob, unfinished } from '../job-rows.ts';
import type { Queue } from '../queue.ts';
import { changeSearch } from '../search-transaction.ts';
import { sendWaiting } from '../steering/send-waiting.ts';

/**
 * Fills an empty queue from the rows of jobs. Those that were under way have lost their trainers, by no
 * fault of their own: they keep their retries. Those of paused searches wait to be resumed. Answers how
 * many there are.
 */
export async function queueAgain(db: Database, queue: Queue): Promise<number> {
  const open = await db.prisma.job.findMany({
    where: { state: { in: unfinished } },
    select: { searchId: true },
    distinct: ['searchId'],
  });
  let jobs = 0;
  for (const { searchId } of open) {
    await changeSearch(db, searchId, async (transaction) => {
      const { tx, search } = transaction;
      const running = await tx.job.findMany({ where: { searchId, state: 'RUNNING' } });
      for (const { id, attempt, kind } of running) {
        await endRun(transaction, { jobId: id, attempt, kind }, 'FAILED', lostRun);
        emitJob(transaction, await tx.job.update({ where: { id }, data: { state: 'QUEUED' } }));
      }
      jobs += await tx.job.count({ where: { searchId, state: 'QUEUED' } });
      if (search.state !== 'PAUSED') await sendWaiting(transaction, queue);
    });
  }
  return jobs;
}
