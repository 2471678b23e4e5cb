import { DomainError } from '@blockwise/contracts';
import {
  type CellPlan,
  type SearchRow,
  type SearchSpaceRow,
  startSearch as storeSearch,
} from '@blockwise/db';
import { pathCount, type SearchSpace, spaceOf, spaceSize } from '@blockwise/dna';
import { checkSpec } from './check-spec.ts';
import { checkedTags } from './checked-tags.ts';
import type { Context } from './context.ts';
import { checkedKey } from './idempotency-key.ts';
import { under } from './input-issues.ts';
import { teamFor, visible } from './rights/subject.ts';
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
  const saved = await savedSpace(input, context);
  const spec = parseSpecInput(saved === null ? input.spec : { ...input.spec, space: saved.text });
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
    tags: checkedTags(input.tags),
    searchSpaceId: saved?.id,
  });
}

/** The saved space that a request names instead of a text. */
async function savedSpace(
  { searchSpace, spec }: typeof StartSearchInput.$inferInput,
  context: Context,
): Promise<SearchSpaceRow | null> {
  if (searchSpace === null || searchSpace === undefined) return null;
  if (typeof spec.space === 'string') {
    throw new DomainError('BAD_INPUT', 'Name a saved space or give a text, not both.', {
      path: ['searchSpace'],
    });
  }
  return visible(context, 'SearchSpace', searchSpace, ['searchSpace']);
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
