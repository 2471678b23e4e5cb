import type { Database } from '@blockwise/db';
import type { TableTarget } from '../links/link-content.ts';
import { candidateTable } from './candidate-table.ts';
import { curveTable } from './curve-table.ts';
import { entryTable } from './entry-table.ts';
import type { Table } from './table.ts';

/** The table that a link leads to; nothing is read before its first batch is asked for. */
export function openTable(database: Database, target: TableTarget): Table {
  switch (target.kind) {
    case 'candidates':
      return candidateTable(database, target);
    case 'curves':
      return curveTable(database, target);
    case 'entries':
      return entryTable(database, target.leaderboardId);
    default:
      return target satisfies never;
  }
}
