import { networkTraining, recipeOf } from '@blockwise/contracts';
import { type NetworkRow, requestRetraining } from '@blockwise/db';
import { checkNetworkTraining } from '../check-training.ts';
import type { Context } from '../context.ts';
import { checkedKey } from '../idempotency-key.ts';
import { readInput } from '../schema-form.ts';
import { searchingOf } from '../searching.ts';
import { chosenNetworks, type NetworksAsked } from './chosen-networks.ts';
import { planNetwork } from './plan-network.ts';

interface RetrainAsked {
  readonly networks: NetworksAsked;
  readonly training?: unknown;
  readonly idempotencyKey?: string | null | undefined;
}

/** Has networks of a search's space trained and tested, all with the same seeds. */
export async function retrainNetworks(
  searchId: string,
  asked: RetrainAsked,
  { database, queue, ratings, solver }: Context,
): Promise<NetworkRow[]> {
  const idempotencyKey = checkedKey(asked.idempotencyKey);
  const training = readInput(networkTraining, asked.training ?? {}, {
    code: 'SPEC_INVALID',
    path: ['training'],
  });
  checkNetworkTraining(training, ['training']);
  const searching = await searchingOf(
    searchId,
    asked.networks.best?.latencyTableId,
    { database, ratings },
    ['networks', 'best', 'latencyTable'],
  );
  const { seed } = recipeOf(training);
  const seeds = Array.from(
    { length: training.seeds },
    (_, position) => (seed + position) % 2 ** 31,
  );
  const chosen = await chosenNetworks(searching, asked.networks, solver);
  const networks = chosen.map((choices) => planNetwork(searching, choices, seeds));
  return requestRetraining(database, queue, { searchId, networks, training, idempotencyKey });
}
