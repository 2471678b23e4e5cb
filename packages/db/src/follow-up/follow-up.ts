import { isDeepStrictEqual } from 'node:util';
import { DomainError } from '@blockwise/contracts';
import type { Database } from '../database.ts';
import { changeSearch, type SearchTransaction } from '../search-transaction.ts';
import { isUuid } from '../uuid.ts';

/**
 * One transaction that starts something for a search that is COMPLETE: it stays so, and what is
 * started adds jobs and events to it. Sent again under the search's lock, a request finds what the
 * first one made by its idempotency key.
 *
 * @throws DomainError NOT_FOUND; CONFLICT when the search is not COMPLETE
 */
export async function changeCompleteSearch<T>(
  db: Database,
  searchId: string,
  work: (transaction: SearchTransaction) => Promise<T>,
): Promise<T> {
  const done = isUuid(searchId)
    ? await changeSearch(db, searchId, async (transaction) => {
        const { state } = transaction.search;
        if (state !== 'COMPLETE') {
          throw new DomainError(
            'CONFLICT',
            `The search is ${state}; it has to be COMPLETE first.`,
            {
              path: ['searchId'],
            },
          );
        }
        return { value: await work(transaction) };
      })
    : null;
  if (done === null) {
    throw new DomainError('NOT_FOUND', 'There is no such search.', { path: ['searchId'] });
  }
  return done.value;
}

/**
 * Compares what was stored under a key with what is asked for now, as JSON.
 *
 * @throws DomainError CONFLICT when the key was used for something else
 */
export function checkSameRequest(stored: unknown, asked: unknown): void {
  // Through JSON, as the stored one went: it has no fields that are undefined.
  if (!isDeepStrictEqual(throughJson(stored), throughJson(asked))) {
    throw new DomainError('CONFLICT', 'This idempotency key was used for another request.', {
      path: ['idempotencyKey'],
    });
  }
}

function throughJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
