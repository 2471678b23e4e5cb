import { type AuditSpec, DomainError } from '@blockwise/contracts';
import type { PlannedNetwork } from '../attempt/attempt.ts';
import type { Database } from '../database.ts';
import { toAuditRow } from '../from-network-rows.ts';
import type { Queue } from '../queue.ts';
import type { AuditRow } from '../rows.ts';
import { leastAudited } from '../settle-networks.ts';
import { trainNetworks } from '../train-networks.ts';
import { changeCompleteSearch, checkSameRequest } from './follow-up.ts';

export interface StartAudit {
  readonly searchId: string;
  readonly spec: AuditSpec;
  /** As the dna package drew them. */
  readonly networks: readonly PlannedNetwork[];
  /** Sending the same key again answers with the audit that the first one started. */
  readonly idempotencyKey?: string | undefined;
}

/**
 * Writes an audit of a COMPLETE search, its networks and their trainings, and enqueues those, in one
 * transaction.
 *
 * @throws DomainError NOT_FOUND; CONFLICT when the search is not COMPLETE or the key was used for
 *   another specification; BAD_INPUT for fewer than four networks
 */
export async function startAudit(
  db: Database,
  queue: Queue,
  { searchId, spec, networks, idempotencyKey }: StartAudit,
): Promise<AuditRow> {
  return changeCompleteSearch(db, searchId, async (transaction) => {
    const { tx, emit } = transaction;
    const earlier =
      idempotencyKey === undefined
        ? null
        : await tx.audit.findUnique({
            where: { searchId_idempotencyKey: { searchId, idempotencyKey } },
          });
    if (earlier !== null) {
      checkSameRequest(earlier.spec, spec);
      return toAuditRow(earlier);
    }
    if (networks.length < leastAudited) {
      throw new DomainError(
        'BAD_INPUT',
        `${networks.length} networks were drawn; an audit needs at least ${leastAudited}.`,
        { path: ['spec', 'networks'] },
      );
    }
    const audit = await tx.audit.create({
      data: { searchId, name: spec.name, spec, idempotencyKey: idempotencyKey ?? null },
    });
    emit({ kind: 'AUDIT_CHANGED', auditId: audit.id, state: audit.state });
    const origin = { origin: 'AUDIT', auditId: audit.id } as const;
    await trainNetworks(transaction, queue, networks, spec.training, origin);
    return toAuditRow(audit);
  });
}
