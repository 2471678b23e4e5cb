import { rowCount, type Table, type Value } from './table.ts';

const lineEnd = '\r\n';

/**
 * A table as CSV (RFC 4180, UTF-8): a line of names, then a line for each row. A missing value is an
 * empty field, an empty text is `""`; numbers have as many digits as it takes to read back the same,
 * moments are ISO 8601.
 */
export async function* writeCsv({ columns, batches }: Table): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(columns.map(({ name }) => field(name)).join(',') + lineEnd);
  for await (const batch of batches) {
    const lines: string[] = [];
    for (let row = 0; row < rowCount(batch); row++) {
      lines.push(batch.map((values) => field(values[row] ?? null)).join(','), lineEnd);
    }
    yield encoder.encode(lines.join(''));
  }
}

function field(value: Value): string {
  if (value === null) return '';
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'string') return String(value);
  return value === '' || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
