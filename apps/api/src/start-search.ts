import { type CellPlan, type SearchRow, startSearch as storeSearch } from '@blockwise/db';
import { pathCount, type SearchSpace, spaceOf, spaceSize } from '@blockwise/dna';
import { checkSpec } from './check-spec.ts';
import type { Context } from './context.ts';
import { checkedKey } from './idempotency-key.ts';
import { under } from './input-issues.ts';
import { teamFor } from './rights/subject.ts';
import type { StartSearchInput } from './schema/start-search.ts';
import { parseSpecInput } from './spec-input.ts';

/**
 * Checks everything about a specification that can be known before a trainer sees it, then stores
 * and enqueues it in one service call. Nothing is stored when it is refused.
 */
export async function startSearch(
  input: typeof StartSearchInput.$inferInput,
  context: Context,
): Promise<SearchRow> {
  const teamId = await teamFor(context, input.team, ['team']);
  const idempotencyKey = checkedKey(input.idempotencyKey);
  const spec = parseSpecInput(input.spec);
  const space = under(['spec', 'space'], () => spaceOf(spec.space));
  await checkSpec(spec, space, context);
  return storeSearch(context.database, context.queue, {
    spec,
    spaceSize: spaceSize(space),
    cells: cellPlans(space),
    idempotencyKey,
    teamId,
    createdById: context.viewer.principal?.userId ?? null,
    visibility: input.visibility ?? undefined,
  });
}

function cellPlans(space: SearchSpace): CellPlan[] {
  return space.blocks.flatMap(({ cells }, block) =>
    cells.map((cell, index) => ({
      block,
      index,
      ...cell,
      candidateCount: pathCount(space, block, index),
    })),
  );
}
