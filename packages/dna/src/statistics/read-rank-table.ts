import { DomainError } from '@blockwise/contracts';
import { assemble } from '../assemble.ts';
import { parseEncoding } from '../encoding.ts';
import { networkCost, type Task } from '../network-cost.ts';
import { networkOf } from '../published-networks.ts';
import type { SearchSpace } from '../types.ts';
import { readCsv } from './csv.ts';
import type { RankRow } from './rank-report.ts';

export type RankTableFormat = 'csv' | 'json';

export interface RankTableOptions {
  /** Needed for tables with architectures or encodings: what costs are counted on. */
  task?: Task | undefined;
  /** Needed for tables with encodings. */
  space?: SearchSpace | undefined;
}

const numbers = ['predicted', 'accuracy', 'params', 'macs', 'flopsTool'] as const;
const columns = [...numbers, 'architecture', 'encoding'] as const;
type Column = (typeof columns)[number];

const mostRows = 10_000;

/** The values of a row as they stand in the table, and what the row is called there. */
interface TableRow {
  place: string;
  path: number;
  values: Partial<Record<Column, string | number>>;
}

/**
 * Reads a table of trained networks for `rankReport`: `csv` with a line of column names, or `json`,
 * a list of objects. Columns: `predicted`, `accuracy`, and the costs, as `params` and `macs`
 * (`flopsTool` if wanted) or counted on an `architecture` (grammar or name of a published network)
 * or an `encoding` in a search space (`1:02 2:0315`). Other columns are left alone.
 *
 * @throws DomainError BAD_INPUT or SPACE_SYNTAX at ['table', line or row, column], naming both
 */
export function readRankTable(
  text: string,
  format: RankTableFormat,
  options: RankTableOptions = {},
): RankRow[] {
  const rows = format === 'csv' ? csvRows(text) : jsonRows(text);
  if (rows.length === 0) throw refusal('The table has no rows.', []);
  if (rows.length > mostRows) {
    throw refusal(`The table has ${rows.length} rows, more than ${mostRows}.`, []);
  }
  return rows.map((row) => rankRow(row, options));
}

function rankRow(row: TableRow, options: RankTableOptions): RankRow {
  const measured = {
    predicted: need(row, 'predicted'),
    accuracy: need(row, 'accuracy'),
  };
  const counted = countedCost(row, options);
  if (counted !== undefined) {
    const { params, macs, flopsTool } = counted;
    return { ...measured, params, macs, flopsTool };
  }
  const flopsTool = numberAt(row, 'flopsTool');
  return {
    ...measured,
    params: need(row, 'params'),
    macs: need(row, 'macs'),
    ...(flopsTool !== undefined && { flopsTool }),
  };
}

/** The cost of the row's network, where the row has one. */
function countedCost(row: TableRow, { task, space }: RankTableOptions) {
  const { architecture, encoding } = row.values;
  const column = architecture === undefined ? 'encoding' : 'architecture';
  const text = String(architecture ?? encoding ?? '');
  if (text === '') return undefined;
  const needed = (what: string) =>
    refusalAt(row, column, `to count its cost ${what} must be given`);
  if (task === undefined) throw needed('an input size and a number of classes');
  if (column === 'architecture') {
    return networkCost(
      at(row, column, () => networkOf(text)),
      task,
    );
  }
  if (space === undefined) throw needed('the search space');
  return networkCost(
    at(row, column, () => assemble(space, parseEncoding(space, text))),
    task,
  );
}

/** Adds to a refusal where in the table it happened. */
function at<T>(row: TableRow, column: Column, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new DomainError(error.code, `${row.place}, column ${column}: ${error.message}`, {
      path: ['table', row.path, column],
      cause: error,
    });
  }
}

function need(row: TableRow, column: (typeof numbers)[number]): number {
  const value = numberAt(row, column);
  if (value === undefined) throw refusalAt(row, column, 'a number is missing');
  return value;
}

function numberAt(row: TableRow, column: (typeof numbers)[number]): number | undefined {
  const written = row.values[column];
  if (written === undefined || written === '') return undefined;
  const value = Number(written);
  if (!Number.isFinite(value)) throw refusalAt(row, column, `"${written}" is not a number`);
  return value;
}

function csvRows(text: string): TableRow[] {
  const [head, ...lines] = readCsv(text);
  const names = head?.cells ?? [];
  for (const column of ['predicted', 'accuracy'] as const) {
    if (!names.includes(column)) {
      const found = names.length === 0 ? 'nothing' : names.join(', ');
      throw refusal(`The table has no column ${column}. Its first line names ${found}.`, [
        head?.line ?? 1,
        column,
      ]);
    }
  }
  return lines.map(({ line, cells }) => {
    if (cells.length !== names.length) {
      throw refusal(`Line ${line} has ${cells.length} cells for ${names.length} columns.`, [line]);
    }
    const values = Object.fromEntries(
      columns.flatMap((column) => {
        const place = names.indexOf(column);
        return place === -1 ? [] : [[column, cells[place] ?? '']];
      }),
    );
    return { place: `Line ${line}`, path: line, values };
  });
}

function jsonRows(text: string): TableRow[] {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch (error) {
    throw refusal(`The table is not JSON: ${error instanceof Error ? error.message : error}.`, []);
  }
  if (!Array.isArray(list)) throw refusal('The table is not a JSON list of objects.', []);
  return list.map((item: unknown, i) => {
    const place = `Row ${i + 1}`;
    if (typeof item !== 'object' || item === null || Array.isArray(item)) {
      throw refusal(`${place} is not an object.`, [i]);
    }
    const values: TableRow['values'] = {};
    for (const column of columns) {
      const value: unknown = Reflect.get(item, column);
      if (typeof value === 'string' || typeof value === 'number') {
        values[column] = value;
      } else if (value !== undefined && value !== null) {
        throw refusalAt({ place, path: i, values }, column, 'not a number or text');
      }
    }
    return { place, path: i, values };
  });
}

function refusalAt(row: TableRow, column: Column, what: string): DomainError {
  return refusal(`${row.place}, column ${column}: ${what}.`, [row.path, column]);
}

function refusal(message: string, path: readonly (string | number)[]): DomainError {
  return new DomainError('BAD_INPUT', message, { path: ['table', ...path] });
}
