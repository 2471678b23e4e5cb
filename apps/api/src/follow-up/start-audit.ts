import { auditSpec, recipeOf } from '@blockwise/contracts';
import { type AuditRow, startAudit as storeAudit } from '@blockwise/db';
import { createRandom } from '@blockwise/dna';
import { checkNetworkTraining } from '../check-training.ts';
import type { Context } from '../context.ts';
import { checkedKey } from '../idempotency-key.ts';
import { underAsync } from '../input-issues.ts';
import { readInput } from '../schema-form.ts';
import { searchingOf } from '../searching.ts';
import { planNetwork } from './plan-network.ts';

interface AuditAsked {
  readonly spec?: unknown;
  readonly idempotencyKey?: string | null | undefined;
}

/** Draws networks uniformly over macs, predicts their losses from the ratings, has them trained. */
export async function startAudit(
  searchId: string,
  asked: AuditAsked,
  { database, queue, ratings, solver }: Context,
): Promise<AuditRow> {
  const idempotencyKey = checkedKey(asked.idempotencyKey);
  const spec = readInput(auditSpec, asked.spec ?? {}, { code: 'SPEC_INVALID', path: ['spec'] });
  checkNetworkTraining(spec.training, ['spec', 'training']);
  const searching = await searchingOf(searchId, undefined, { database, ratings });
  const { space, task } = searching;
  const drawn = await underAsync(['spec'], () =>
    solver.run(
      'sampleNetworks',
      space,
      task,
      spec.networks,
      ['audit', spec.seed],
      spec.macs === null ? {} : { macs: spec.macs },
    ),
  );
  const { seed } = recipeOf(spec.training);
  const networks = drawn.map(({ choices }, i) => {
    // Every training has its own, so that no network is lucky by the same start.
    const seeds = Array.from({ length: spec.training.seeds }, (_, position) =>
      createRandom('audit', spec.seed, seed, i, position).int(2 ** 31),
    );
    return planNetwork(searching, choices, seeds);
  });
  return storeAudit(database, queue, { searchId, spec, networks, idempotencyKey });
}
