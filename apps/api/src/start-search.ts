import { DomainError } from '@blockwise/contracts';
import { type CellPlan, type SearchRow, startSearch as storeSearch } from '@blockwise/db';
import { parseSpace, pathCount, type SearchSpace, spaceSize } from '@blockwise/dna';
import { checkSpec } from './check-spec.ts';
import type { Context } from './context.ts';
import { under } from './input-issues.ts';
import { maxIdempotencyKey } from './limits.ts';
import type { StartSearchInput } from './schema/start-search.ts';
import { parseSpecInput } from './spec-input.ts';

/**
 * Checks everything about a specification that can be known before a trainer sees it, then stores
 * and enqueues it in one service call. Nothing is stored when it is refused.
 */
export async function startSearch(
  input: typeof StartSearchInput.$inferInput,
  { database, queue }: Context,
): Promise<SearchRow> {
  const idempotencyKey = checkedKey(input.idempotencyKey);
  const spec = parseSpecInput(input.spec);
  const space = under(['spec', 'space'], () => parseSpace(spec.space));
  await checkSpec(database, spec, space);
  return storeSearch(database, queue, {
    spec,
    spaceSize: spaceSize(space),
    cells: cellPlans(space),
    idempotencyKey,
  });
}

function checkedKey(key: string | null | undefined): string | undefined {
  if (key === null || key === undefined) {
    return undefined;
  }
  if (key.length < 1 || key.length > maxIdempotencyKey) {
    throw new DomainError('BAD_INPUT', `idempotencyKey has 1 to ${maxIdempotencyKey} characters.`, {
      path: ['idempotencyKey'],
    });
  }
  return key;
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
