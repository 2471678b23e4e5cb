import {
  DomainError,
  type LeaderboardBudget,
  leaderboardBudget,
  leaderboardDescription,
  leaderboardDocument,
} from '@blockwise/contracts';
import { networkOf } from '@blockwise/dna';
import { under } from './input-issues.ts';
import { refuse } from './refuse.ts';

/** @throws DomainError BAD_INPUT */
export function checkedDescription(description: string): string {
  const parsed = leaderboardDescription.safeParse(description);
  return parsed.success
    ? parsed.data
    : refuse('BAD_INPUT', 'A description has up to 2,000 characters.', ['description']);
}

/** @throws DomainError BAD_INPUT */
export function checkedTolerance(tolerance: number): number {
  return tolerance >= 0 && tolerance <= 1
    ? tolerance
    : refuse('BAD_INPUT', `tolerance must be from 0 to 1, not ${tolerance}.`, ['tolerance']);
}

/** @throws DomainError BAD_INPUT */
export function checkedBudget(
  budget: { readonly axis: LeaderboardBudget['axis']; readonly max: number } | null | undefined,
): LeaderboardBudget | null {
  if (!budget) return null;
  const parsed = leaderboardBudget.safeParse({ axis: budget.axis, max: budget.max });
  return parsed.success
    ? parsed.data
    : refuse('BAD_INPUT', `max must be above 0, not ${budget.max}.`, ['budget', 'max']);
}

/**
 * Reads the architectures of a board's document. What else is wrong with it is for its import to say.
 *
 * @throws DomainError BAD_INPUT
 */
export function checkArchitectures(document: unknown): void {
  const parsed = leaderboardDocument.safeParse(document);
  for (const [i, { architecture }] of (parsed.data?.entries ?? []).entries()) {
    under(['document', 'entries', i, 'architecture'], () => {
      try {
        networkOf(architecture);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        throw new DomainError('BAD_INPUT', error.message, { cause: error });
      }
    });
  }
}
