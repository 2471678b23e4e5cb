import { type CellPlan, type SearchRow, startSearch as storeSearch } from '@blockwise/db';
import { pathCount, type SearchSpace, spaceSize } from '@blockwise/dna';
import { checkedTags } from './checked-tags.ts';
import type { Context } from './context.ts';
import { Faults } from './faults.ts';
import { checkedKey } from './idempotency-key.ts';
import { planSearch } from './plan-search.ts';
import { teamFor } from './rights/subject.ts';
import { encodeGlobalId } from './schema/global-id.ts';
import type { StartSearchInput } from './schema/start-search.ts';

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
  const tags = checkedTags(input.tags);
  const faults = new Faults();
  const { spec, space, saved } = await planSearch(input, context, faults);
  faults.throwFirst();
  if (spec === null || space === null)
    throw new Error('a specification without faults was not read');
  const search = await storeSearch(context.database, context.queue, {
    spec,
    spaceSize: spaceSize(space),
    cells: cellPlans(space),
    idempotencyKey,
    teamId,
    createdById: context.viewer.principal?.userId ?? null,
    visibility: input.visibility ?? undefined,
    tags,
    searchSpaceId: saved?.id,
  });
  context.note({ about: encodeGlobalId('Search', search.id) });
  return search;
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
