import { expect, test } from 'vitest';
import { type Column, showRows } from './rows.ts';

interface Row {
  name: string;
  macs: string | null;
  loss: number;
}

const columns: readonly Column<Row>[] = [
  { key: 'name', of: ({ name }) => name },
  { key: 'macs', of: ({ macs }) => macs },
  { key: 'loss', of: ({ loss }) => loss },
];
const rows: Row[] = [
  { name: 'a, "b"', macs: '195898498887057408', loss: 0.123456789 },
  { name: 'c', macs: null, loss: 2 },
];

test('a table has columns of one width and figures to the right, exact where they are whole', () => {
  expect(showRows(rows, columns, undefined).split('\n')).toEqual([
    'name                       macs      loss',
    'a, "b"  195,898,498,887,057,408  0.123457',
    'c                             –         2',
  ]);
});

test('csv quotes what needs it and leaves figures as they are', () => {
  expect(showRows(rows, columns, 'csv')).toBe(
    'name,macs,loss\n"a, ""b""",195898498887057408,0.123456789\nc,,2',
  );
});

test('json shows the rows, or what stands for the whole', () => {
  expect(JSON.parse(showRows(rows, columns, 'json'))).toEqual(rows);
  expect(JSON.parse(showRows(rows, columns, 'json', { all: 1 }))).toEqual({ all: 1 });
});

test('no rows are a header', () => {
  expect(showRows([], columns, 'table')).toBe('name  macs  loss');
});
