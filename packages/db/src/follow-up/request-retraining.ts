import type { NetworkTraining } from '@blockwise/contracts';
import type { PlannedNetwork } from '../attempt/attempt.ts';
import type { Database } from '../database.ts';
import { toNetworkRow } from '../from-network-rows.ts';
import type { Queue } from '../queue.ts';
import type { NetworkRow } from '../rows.ts';
import { trainNetworks } from '../train-networks.ts';
import { changeCompleteSearch, checkSameRequest } from './follow-up.ts';

export interface RequestRetraining {
  readonly searchId: string;
  /** Any networks of the space, found before or not. */
  readonly networks: readonly PlannedNetwork[];
  readonly training: NetworkTraining;
  /** Sending the same key again answers with the networks of the first request. */
  readonly idempotencyKey?: string | undefined;
}

/**
 * Trains networks of a COMPLETE search's space. Each becomes a REQUESTED network of its own, so that
 * every row's mean is one over trainings of one kind; tested, it enters the leaderboard.
 *
 * @throws DomainError NOT_FOUND; CONFLICT when the search is not COMPLETE or the key was used for
 *   another request
 */
export async function requestRetraining(
  db: Database,
  queue: Queue,
  { searchId, networks, training, idempotencyKey }: RequestRetraining,
): Promise<NetworkRow[]> {
  return changeCompleteSearch(db, searchId, async (transaction) => {
    const { tx } = transaction;
    const earlier =
      idempotencyKey === undefined
        ? []
        : await tx.network.findMany({
            where: { searchId, requestKey: idempotencyKey },
            include: { retrainings: { take: 1 } },
            orderBy: { id: 'asc' },
          });
    if (earlier.length > 0) {
      const before = earlier.map(({ architecture, retrainings }) => ({
        architecture,
        training: retrainings[0]?.training,
      }));
      const now = networks.map(({ architecture }) => ({ architecture, training }));
      checkSameRequest(sorted(before), sorted(now));
      return earlier.map(({ retrainings: _, ...row }) => toNetworkRow(row));
    }
    const origin = { origin: 'REQUESTED', requestKey: idempotencyKey ?? null } as const;
    const rows = await trainNetworks(transaction, queue, networks, training, origin);
    return rows.map(toNetworkRow);
  });
}

/** Ids made within a millisecond have no order. */
function sorted<T extends { architecture: string }>(networks: readonly T[]): T[] {
  return [...networks].sort((a, b) => a.architecture.localeCompare(b.architecture));
}
