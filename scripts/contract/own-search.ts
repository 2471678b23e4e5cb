import { randomUUID } from 'node:crypto';
import type { Caller } from './caller.ts';

/** The smallest search that holds together; never run to its end. */
export const spec = {
  name: 'contract suite',
  dataset: { procedural: { classes: 2, size: 16, trainPerClass: 10, testPerClass: 2 } },
  ratingPerClass: 2,
  teacher: {
    train: {
      architecture: 'cn_k3_s2_c8 | ir_k3_s2_e2_c8 | hd_c16',
      training: { epochs: 1, batch: 8 },
    },
  },
  space: 'stem cn_k3_s2_c8; ops ir_k3_e2 ir_k5_e2; block n1_c8_s2; head hd_c16',
  retrain: { epochs: 1, batch: 8, networks: 1 },
};

/** By this key a run finds the search of an earlier one, so that one is left and no more. */
export const ownKey = 'contract suite';

/** Starts the suite's own search in its team, or finds it, and sees that it is cancelled. */
export async function ownSearch(owner: Caller, team: string): Promise<string> {
  const { startSearch } = await owner.ask(
    'mutation ($input: StartSearchInput!) { startSearch(input: $input) { id } }',
    { input: { spec, team, visibility: 'TEAM', idempotencyKey: ownKey } },
  );
  const { id } = startSearch;
  await cancel(owner, id);
  return id;
}

export async function cancel(owner: Caller, id: string): Promise<void> {
  await owner.ask('mutation ($id: ID!) { cancelSearch(input: { search: $id }) { state } }', { id });
}

/** Starts a search of this run and pauses it, so that no trainer takes its job. */
export async function pausedSearch(owner: Caller, team: string): Promise<string> {
  const { startSearch } = await owner.ask(
    'mutation ($input: StartSearchInput!) { startSearch(input: $input) { id } }',
    { input: { spec, team, visibility: 'TEAM', idempotencyKey: `${ownKey} ${randomUUID()}` } },
  );
  const { id } = startSearch;
  await owner.ask('mutation ($id: ID!) { pauseSearch(input: { search: $id }) { state } }', { id });
  return id;
}
