import { DomainError } from '@blockwise/contracts';
import type { Database } from '../database.ts';
import { toSearchRow } from '../from-rows.ts';
import type { SearchRow } from '../rows.ts';
import { changeSearch, type SearchTransaction } from '../search-transaction.ts';
import { isUuid } from '../uuid.ts';

/**
 * One transaction that a person steers a search by, whatever its state; answers the search as it is
 * afterwards.
 *
 * @throws DomainError NOT_FOUND
 */
export async function steerSearch(
  db: Database,
  searchId: string,
  work: (transaction: SearchTransaction) => Promise<void>,
): Promise<SearchRow> {
  const steered = isUuid(searchId)
    ? await changeSearch(db, searchId, async (transaction) => {
        await work(transaction);
        return true;
      })
    : null;
  if (steered === null) {
    throw new DomainError('NOT_FOUND', 'There is no such search.', { path: ['searchId'] });
  }
  return toSearchRow(await db.prisma.search.findUniqueOrThrow({ where: { id: searchId } }));
}
