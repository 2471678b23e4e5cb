import { flag } from './flag.ts';

export type Cell = string | number | boolean | null | undefined;

/** One column of an answer: its key for machines, and what stands in it. */
export interface Column<Row> {
  readonly key: string;
  of(row: Row): Cell;
}

export const formatFlag = {
  format: flag.choice(['table', 'csv', 'json'], 'for people (default) or for machines'),
} as const;

export type Format = 'table' | 'csv' | 'json';

/**
 * Rows as a table for people, as CSV, or as JSON.
 *
 * @param whole what JSON shows; the rows if not given
 */
export function showRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  format: Format | undefined,
  whole: unknown = rows,
): string {
  switch (format) {
    case 'json':
      return JSON.stringify(whole, undefined, 2);
    case 'csv':
      return csv([
        columns.map(({ key }) => key),
        ...rows.map((row) => columns.map(({ of }) => of(row))),
      ]);
    default:
      return table([
        columns.map(({ key }) => key),
        ...rows.map((row) => columns.map(({ of }) => shown(of(row)))),
      ]);
  }
}

/** Lines of fields, quoted where RFC 4180 wants it. */
export function csv(lines: readonly (readonly Cell[])[]): string {
  return lines.map((cells) => cells.map(field).join(',')).join('\n');
}

function field(cell: Cell): string {
  const text = String(cell ?? '');
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Columns of one width, figures to the right; the last column is as wide as it is. */
function table(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((cells) => cells[column]?.length ?? 0)),
  );
  return lines
    .map((cells, line) =>
      cells
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          const figures = isFigure(lines[line === 0 ? 1 : line]?.[column] ?? '');
          if (figures) return cell.padStart(width);
          return column === cells.length - 1 ? cell : cell.padEnd(width);
        })
        .join('  '),
    )
    .join('\n');
}

function isFigure(text: string): boolean {
  return /^[-+]?[\d,.]+(e[-+]?\d+)?( %)?$/.test(text);
}

/** Whole numbers with thousands separated, others with six digits. */
function shown(cell: Cell): string {
  if (cell === null || cell === undefined) return '–';
  if (typeof cell === 'string' && /^\d{4,}$/.test(cell)) return BigInt(cell).toLocaleString('en-US');
  if (typeof cell !== 'number') return String(cell);
  return Number.isInteger(cell) ? cell.toLocaleString('en-US') : String(Number(cell.toPrecision(6)));
}
