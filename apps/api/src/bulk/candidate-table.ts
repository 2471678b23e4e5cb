import { type CellRow, candidateBatches, cellsOf, type Database } from '@blockwise/db';
import { encodeGlobalId } from '../schema/global-id.ts';
import { type Batch, column, nullableColumn, type Table } from './table.ts';

const columns = [
  column('cell', 'TEXT'),
  column('block', 'INT32'),
  column('cell_index', 'INT32'),
  column('path_index', 'INT32'),
  column('path', 'TEXT'),
  column('loss', 'FLOAT64'),
  nullableColumn('error', 'FLOAT64'),
  nullableColumn('kl', 'FLOAT64'),
  nullableColumn('top1', 'FLOAT64'),
  column('params', 'INT64'),
  column('macs', 'INT64'),
  column('flops_tool', 'INT64'),
  nullableColumn('activation_bytes', 'INT64'),
  column('rank', 'INT32'),
];

/** Rated candidates by block, cell and path: those of one cell, or of all of a search. */
export function candidateTable(
  database: Database,
  { searchId, cellId }: { readonly searchId: string; readonly cellId: string | null },
): Table {
  return { columns, batches: batches(database, searchId, cellId) };
}

async function* batches(
  database: Database,
  searchId: string,
  cellId: string | null,
): AsyncGenerator<Batch> {
  for (const cell of await cellsOf(database, searchId)) {
    if (cellId !== null && cell.id !== cellId) continue;
    yield* batchesOfCell(database, cell);
  }
}

async function* batchesOfCell(database: Database, cell: CellRow): AsyncGenerator<Batch> {
  const id = encodeGlobalId('Cell', cell.id);
  for await (const rows of candidateBatches(database, cell.id)) {
    yield [
      rows.map(() => id),
      rows.map(() => cell.block),
      rows.map(() => cell.index),
      rows.map(({ index }) => index),
      rows.map(({ path }) => path),
      rows.map(({ loss }) => loss),
      rows.map(({ error }) => error),
      rows.map(({ kl }) => kl),
      rows.map(({ top1 }) => top1),
      rows.map(({ params }) => BigInt(params)),
      rows.map(({ macs }) => BigInt(macs)),
      rows.map(({ flopsTool }) => BigInt(flopsTool)),
      rows.map(({ activationBytes }) =>
        activationBytes === null ? null : BigInt(activationBytes),
      ),
      rows.map(({ rank }) => rank),
    ];
  }
}
