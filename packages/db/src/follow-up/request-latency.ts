import type { LatencySpec } from '@blockwise/contracts';
import type { Database } from '../database.ts';
import { toLatencyTableRow } from '../from-rows.ts';
import { createJobs } from '../job-rows.ts';
import type { Queue } from '../queue.ts';
import type { LatencyTableRow } from '../rows.ts';
import { changeCompleteSearch, checkSameRequest } from './follow-up.ts';

export interface RequestLatency {
  readonly searchId: string;
  readonly spec: LatencySpec;
  /** Sending the same key again answers with the table of the first request. */
  readonly idempotencyKey?: string | undefined;
}

/**
 * Has the latency of a COMPLETE search's space measured, on one more device perhaps.
 *
 * @throws DomainError NOT_FOUND; CONFLICT when the search is not COMPLETE or the key was used for
 *   another specification
 */
export async function requestLatency(
  db: Database,
  queue: Queue,
  { searchId, spec, idempotencyKey }: RequestLatency,
): Promise<LatencyTableRow> {
  return changeCompleteSearch(db, searchId, async (transaction) => {
    const { tx } = transaction;
    const earlier =
      idempotencyKey === undefined
        ? null
        : await tx.latencyTable.findUnique({
            where: { searchId_idempotencyKey: { searchId, idempotencyKey } },
          });
    if (earlier !== null) {
      checkSameRequest(earlier.spec, spec);
      return toLatencyTableRow(earlier);
    }
    const table = await tx.latencyTable.create({
      data: { searchId, spec, idempotencyKey: idempotencyKey ?? null },
    });
    await createJobs(transaction, queue, [{ kind: 'latency', latencyTableId: table.id }]);
    return toLatencyTableRow(table);
  });
}
