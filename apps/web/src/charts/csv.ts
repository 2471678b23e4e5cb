import { csvFormatRows } from 'd3-dsv';
import type { TableData } from '../ui/data-table.tsx';

/** A table as CSV (RFC 4180): a line of names, then a line for each row, all digits kept. */
export function toCsv({ columns, rows }: TableData): string {
  const lines = rows.map((row) => row.map((value) => (value == null ? '' : String(value))));
  return `${csvFormatRows([columns.map(({ name }) => name), ...lines])}\n`;
}
