import type { NetworkTraining } from '@blockwise/contracts';
import type { PlannedNetwork } from './attempt/attempt.ts';
import type { NetworkModel } from './generated/models.ts';
import { createJobs } from './job-rows.ts';
import type { Queue } from './queue.ts';
import type { SearchTransaction } from './search-transaction.ts';

/** Where networks come from, as their rows say it. */
export type Origin =
  | { readonly origin: 'SOLVED' }
  | { readonly origin: 'AUDIT'; readonly auditId: string }
  | { readonly origin: 'REQUESTED'; readonly requestKey: string | null };

/** Writes networks with a training for every seed, each with its job. */
export async function trainNetworks(
  transaction: SearchTransaction,
  queue: Queue,
  networks: readonly PlannedNetwork[],
  training: NetworkTraining,
  origin: Origin,
): Promise<NetworkModel[]> {
  const { tx, search } = transaction;
  for (const { seeds, architecture } of networks) {
    if (seeds.length !== training.seeds) {
      throw new Error(`${seeds.length} seeds for ${training.seeds} trainings of ${architecture}`);
    }
  }
  const rows = await tx.network.createManyAndReturn({
    data: networks.map(({ seeds: _, ...network }, i) => ({
      ...network,
      ...origin,
      choices: network.choices.map(({ cell, path }) => ({ cell, path: [...path] })),
      rank: origin.origin === 'SOLVED' ? i + 1 : null,
      searchId: search.id,
    })),
  });
  const retrainings = await tx.retraining.createManyAndReturn({
    data: rows.flatMap((row, i) =>
      (networks[i]?.seeds ?? []).map((seed, position) => ({
        networkId: row.id,
        position,
        seed,
        training,
      })),
    ),
    select: { id: true, networkId: true },
  });
  await createJobs(
    transaction,
    queue,
    retrainings.map(({ id, networkId }) => ({ kind: 'retrain', networkId, retrainingId: id })),
  );
  return rows;
}
