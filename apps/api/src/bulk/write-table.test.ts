import { buffer } from 'node:stream/consumers';
import { tableFromIPC } from 'apache-arrow';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { type Batch, column, nullableColumn, rowCount, type Table } from './table.ts';
import { writeArrow } from './write-arrow.ts';
import { writeCsv } from './write-csv.ts';
import { writeParquet } from './write-parquet.ts';

const columns = [
  column('name', 'TEXT'),
  column('step', 'INT32'),
  column('macs', 'INT64'),
  column('loss', 'FLOAT64'),
  nullableColumn('note', 'TEXT'),
  nullableColumn('bytes', 'INT64'),
  nullableColumn('top1', 'FLOAT64'),
  nullableColumn('rank', 'INT32'),
  nullableColumn('at', 'MOMENT'),
];

const moment = new Date('2026-01-31T12:34:56.789Z');

/** The first batch has nothing but nulls in the columns that may have them. */
const batches: Batch[] = [
  [
    ['a', 'b'],
    [1, 2],
    [1n, 9_007_199_254_740_993n],
    [0.1, -1e-300],
    [null, null],
    [null, null],
    [null, null],
    [null, null],
    [null, null],
  ],
  [
    ['comma, "quote"', 'line\r\nbreak', ''],
    [-2_147_483_648, 0, 2_147_483_647],
    [-9_223_372_036_854_775_808n, 0n, 9_223_372_036_854_775_807n],
    [5e-324, 0.1 + 0.2, Number.MAX_VALUE],
    ['', 'ünïcode ✓', null],
    [3n, null, 4n],
    [null, 0.75, 1],
    [1, null, 3],
    [moment, null, new Date(0)],
  ],
  [['z'], [7], [8n], [1.5], ['n'], [5n], [0], [0], [moment]],
];

const rows = batches.flatMap((batch) =>
  Array.from({ length: rowCount(batch) }, (_, row) =>
    Object.fromEntries(columns.map(({ name }, i) => [name, batch[i]?.[row]])),
  ),
);

function table(of: readonly Batch[]): Table {
  return {
    columns,
    batches: (async function* () {
      yield* of;
    })(),
  };
}

async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await buffer(chunks));
}

describe('writeParquet', () => {
  it('is read back by another library, value by value', async () => {
    const file = (await bytesOf(writeParquet(table(batches)))).buffer;
    expect(await parquetReadObjects({ file })).toEqual(rows);
    const { row_groups, schema } = parquetMetadata(file);
    expect(row_groups.map(({ num_rows }) => num_rows)).toEqual([2n, 3n, 1n]);
    expect(
      schema.slice(1).map(({ name, type, repetition_type }) => [name, type, repetition_type]),
    ).toEqual([
      ['name', 'BYTE_ARRAY', 'REQUIRED'],
      ['step', 'INT32', 'REQUIRED'],
      ['macs', 'INT64', 'REQUIRED'],
      ['loss', 'DOUBLE', 'REQUIRED'],
      ['note', 'BYTE_ARRAY', 'OPTIONAL'],
      ['bytes', 'INT64', 'OPTIONAL'],
      ['top1', 'DOUBLE', 'OPTIONAL'],
      ['rank', 'INT32', 'OPTIONAL'],
      ['at', 'INT64', 'OPTIONAL'],
    ]);
  });

  it('is a file without rows too', async () => {
    const file = (await bytesOf(writeParquet(table([])))).buffer;
    expect(await parquetReadObjects({ file })).toEqual([]);
    expect(parquetMetadata(file).schema).toHaveLength(1 + columns.length);
  });
});

describe('writeArrow', () => {
  it('is read back, value by value, with its types', async () => {
    const read = tableFromIPC(await bytesOf(writeArrow(table(batches))));
    // The library reads moments as milliseconds.
    expect(read.toArray().map((row) => row.toJSON())).toEqual(
      rows.map((row) => ({ ...row, at: (row.at as Date | null)?.getTime() ?? null })),
    );
    expect(read.batches.map(({ numRows }) => numRows)).toEqual([2, 3, 1]);
    expect(read.schema.fields.map(({ type }) => String(type))).toEqual([
      'Utf8',
      'Int32',
      'Int64',
      'Float64',
      'Utf8',
      'Int64',
      'Float64',
      'Int32',
      'Timestamp<MILLISECOND, UTC>',
    ]);
    expect(read.schema.fields.map(({ nullable }) => nullable)).toEqual(
      columns.map(({ isNullable }) => isNullable),
    );
  });

  it('is a stream without rows too', async () => {
    const read = tableFromIPC(await bytesOf(writeArrow(table([]))));
    expect([read.numRows, read.schema.fields.length]).toEqual([0, columns.length]);
  });
});

describe('writeCsv', () => {
  it('quotes what RFC 4180 wants quoted, and keeps every digit', async () => {
    const text = Buffer.from(await bytesOf(writeCsv(table(batches)))).toString('utf8');
    expect(text).toBe(
      [
        'name,step,macs,loss,note,bytes,top1,rank,at',
        'a,1,1,0.1,,,,,',
        'b,2,9007199254740993,-1e-300,,,,,',
        '"comma, ""quote""",-2147483648,-9223372036854775808,5e-324,"",3,,1,2026-01-31T12:34:56.789Z',
        '"line\r\nbreak",0,0,0.30000000000000004,ünïcode ✓,,0.75,,',
        '"",2147483647,9223372036854775807,1.7976931348623157e+308,,4,1,3,1970-01-01T00:00:00.000Z',
        'z,7,8,1.5,n,5,0,0,2026-01-31T12:34:56.789Z',
        '',
      ].join('\r\n'),
    );
  });

  it('is a line of names without rows', async () => {
    const text = Buffer.from(await bytesOf(writeCsv(table([])))).toString('utf8');
    expect(text).toBe('name,step,macs,loss,note,bytes,top1,rank,at\r\n');
  });
});

describe.each([
  ['CSV', writeCsv],
  ['Parquet', writeParquet],
  ['Arrow', writeArrow],
])('%s', (_name, write) => {
  it('reads no further than it was asked to write', async () => {
    let read = 0;
    const endless: Table = {
      columns: [column('n', 'INT32')],
      batches: (async function* () {
        for (;;) {
          read++;
          yield [Array.from({ length: 1000 }, (_, i) => i)];
        }
      })(),
    };
    let bytes = 0;
    for await (const chunk of write(endless)) {
      bytes += chunk.byteLength;
      if (bytes > 20_000) break;
    }
    expect(read).toBeGreaterThan(1);
    expect(read).toBeLessThan(100);
  });
});
