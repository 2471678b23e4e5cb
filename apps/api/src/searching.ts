import { DomainError, type ErrorPath } from '@blockwise/contracts';
import { type Database, type LatencyTableRow, latencyTablesOf } from '@blockwise/db';
import type { LatencyTable } from '@blockwise/dna';
import type { Context } from './context.ts';
import type { SearchRatings } from './search-ratings.ts';

/** What the exact search reads besides its options. */
export interface Searching extends SearchRatings {
  /** Where a table was chosen, or one was measured. */
  readonly latency: LatencyTable | undefined;
}

/**
 * Ratings of a search, with a latency table: the one that is named, else the newest that is measured.
 *
 * @throws DomainError NOT_FOUND or NOT_READY, of a table with `path`
 */
export async function searchingOf(
  searchId: string,
  tableId: string | undefined,
  { ratings, database }: Pick<Context, 'ratings' | 'database'>,
  path: ErrorPath = ['latencyTable'],
): Promise<Searching> {
  const rated = await ratings.of(searchId);
  return { ...rated, latency: await latencyOf(database, searchId, tableId, path) };
}

async function latencyOf(
  database: Database,
  searchId: string,
  tableId: string | undefined,
  path: ErrorPath,
): Promise<LatencyTable | undefined> {
  const tables = await latencyTablesOf(database, searchId);
  if (tableId === undefined) return tables.filter(isMeasured).at(-1)?.measured;
  const table = tables.find(({ id }) => id === tableId);
  if (table === undefined) {
    throw new DomainError('NOT_FOUND', 'The search has no such latency table.', { path });
  }
  if (!isMeasured(table)) {
    throw new DomainError('NOT_READY', 'The latency table is not measured yet.', { path });
  }
  return table.measured;
}

function isMeasured<Row extends LatencyTableRow>(
  row: Row,
): row is Row & { measured: NonNullable<LatencyTableRow['measured']> } {
  return row.measured !== null;
}
