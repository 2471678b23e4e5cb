import { DomainError, isFinalJobState } from '@blockwise/contracts';
import { readAudit } from '../audits.ts';
import type { Database } from '../database.ts';
import { toAuditRow } from '../from-network-rows.ts';
import { cancelUnfinishedJobs } from '../job-rows.ts';
import type { Queue } from '../queue.ts';
import type { AuditRow } from '../rows.ts';
import { changeAudit, recordMean } from '../settle-networks.ts';
import { changeCompleteSearch } from './follow-up.ts';

/**
 * Cancels an audit and its trainings; what was trained is kept. A cancelled audit stays what it is.
 *
 * @throws DomainError NOT_FOUND; CONFLICT when it is COMPLETE or FAILED
 */
export async function cancelAudit(db: Database, queue: Queue, auditId: string): Promise<AuditRow> {
  const known = await readAudit(db, auditId);
  if (known === null) {
    throw new DomainError('NOT_FOUND', 'There is no such audit.', { path: ['auditId'] });
  }
  return changeCompleteSearch(db, known.searchId, async (transaction) => {
    const { tx } = transaction;
    const { state } = await tx.audit.findUniqueOrThrow({ where: { id: auditId } });
    if (isFinalJobState(state) && state !== 'CANCELLED') {
      throw new DomainError('CONFLICT', `The audit is ${state} and cannot be cancelled.`);
    }
    if (state !== 'CANCELLED') {
      await cancelUnfinishedJobs(transaction, queue, { kind: 'retrain', network: { auditId } });
      const open = await tx.network.findMany({ where: { auditId, testedAt: null } });
      for (const network of open) {
        await recordMean(transaction, queue, network);
      }
      await changeAudit(transaction, auditId, 'CANCELLED', null);
    }
    return toAuditRow(await tx.audit.findUniqueOrThrow({ where: { id: auditId } }));
  });
}
