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

/** Columns of one width, those of figures to the right; the last one is as wide as it is. */
function table([header = [], ...lines]: readonly (readonly string[])[]): string {
  const columns = header.map((key, column) => {
    const cells = lines.map((line) => line[column] ?? '');
    return {
      width: Math.max(...[key, ...cells].map(({ length }) => length)),
      figures: cells.some(isFigure) && cells.every((cell) => isFigure(cell) || cell === nothing),
    };
  });
  return [header, ...lines]
    .map((cells) =>
      cells
        .map((cell, i) => {
          const { width, figures } = columns[i] ?? { width: 0, figures: false };
          if (figures) return cell.padStart(width);
          return i === cells.length - 1 ? cell : cell.padEnd(width);
        })
        .join('  '),
    )
    .join('\n');
}

const nothing = '–';

function isFigure(text: string): boolean {
  return /^[-+]?[\d,.]+(e[-+]?\d+)?$/.test(text);
}

/** Whole numbers with thousands separated, others with six digits. */
function shown(cell: Cell): string {
  if (cell === null || cell === undefined) return nothing;
  if (typeof cell === 'string' && /^\d{4,}$/.test(cell))
    return BigInt(cell).toLocaleString('en-US');
  if (typeof cell !== 'number') return String(cell);
  return Number.isInteger(cell)
    ? cell.toLocaleString('en-US')
    : String(Number(cell.toPrecision(6)));
}
