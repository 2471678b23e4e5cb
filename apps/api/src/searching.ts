import { DomainError } from '@blockwise/contracts';
import { type Database, type LatencyTableRow, latencyTablesOf } from '@blockwise/db';
import type { LatencyTable, Rating, SearchSpace, Task } from '@blockwise/dna';
import type { Context } from './context.ts';

/** What the exact search reads besides its options. */
export interface Searching {
  readonly space: SearchSpace;
  readonly task: Task;
  readonly losses: readonly Rating[];
  /** Where a table was chosen, or one was measured. */
  readonly latency: LatencyTable | undefined;
}

/**
 * Ratings of a search, with a latency table: the one that is named, else the newest that is measured.
 *
 * @throws DomainError NOT_FOUND or NOT_READY
 */
export async function searchingOf(
  searchId: string,
  tableId: string | undefined,
  { ratings, database }: Pick<Context, 'ratings' | 'database'>,
): Promise<Searching> {
  const rated = await ratings.of(searchId);
  return { ...rated, latency: await latencyOf(database, searchId, tableId) };
}

async function latencyOf(
  database: Database,
  searchId: string,
  tableId: string | undefined,
): Promise<LatencyTable | undefined> {
  const tables = await latencyTablesOf(database, searchId);
  if (tableId === undefined) return tables.filter(isMeasured).at(-1)?.measured;
  const table = tables.find(({ id }) => id === tableId);
  if (table === undefined) {
    throw new DomainError('NOT_FOUND', 'The search has no such latency table.', {
      path: ['latencyTable'],
    });
  }
  if (!isMeasured(table)) {
    throw new DomainError('NOT_READY', 'The latency table is not measured yet.', {
      path: ['latencyTable'],
    });
  }
  return table.measured;
}

function isMeasured<Row extends LatencyTableRow>(
  row: Row,
): row is Row & { measured: NonNullable<LatencyTableRow['measured']> } {
  return row.measured !== null;
}
