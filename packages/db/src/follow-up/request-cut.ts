import { DomainError } from '@blockwise/contracts';
import type { Database } from '../database.ts';
import { toJobRow } from '../from-rows.ts';
import { createJobs } from '../job-rows.ts';
import { readNetwork } from '../networks.ts';
import type { Queue } from '../queue.ts';
import type { JobRow } from '../rows.ts';
import { changeCompleteSearch } from './follow-up.ts';

/**
 * Has a network's weights cut out of the supernets. There is one cut per network: asking again
 * answers with its job, unless that one failed or was cancelled.
 *
 * @throws DomainError NOT_FOUND; CONFLICT when the search is not COMPLETE
 */
export async function requestCut(
  db: Database,
  queue: Queue,
  { networkId }: { readonly networkId: string },
): Promise<JobRow> {
  const network = await readNetwork(db, networkId);
  if (network === null) {
    throw new DomainError('NOT_FOUND', 'There is no such network.', { path: ['networkId'] });
  }
  return changeCompleteSearch(db, network.searchId, async (transaction) => {
    const earlier = await transaction.tx.job.findFirst({
      where: { networkId, kind: 'cut', state: { in: ['QUEUED', 'RUNNING', 'COMPLETE'] } },
    });
    if (earlier !== null) {
      return toJobRow(earlier);
    }
    const [job] = await createJobs(transaction, queue, [{ kind: 'cut', networkId }]);
    if (job === undefined) {
      throw new Error('the cut job was not written');
    }
    return toJobRow(job);
  });
}
