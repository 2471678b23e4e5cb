import type { DecodedArray } from 'hyparquet';
import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import { type ColumnType, rowCount, type Table } from './table.ts';

const types = {
  TEXT: 'STRING',
  INT32: 'INT32',
  INT64: 'INT64',
  FLOAT64: 'DOUBLE',
  MOMENT: 'TIMESTAMP',
} as const satisfies Record<ColumnType, string>;

/** A table as Parquet, compressed with Snappy: every batch is a row group. */
export async function* writeParquet({ columns, batches }: Table): AsyncGenerator<Uint8Array> {
  const bytes = new DrainedBytes();
  const schema = schemaFromColumnData({
    columnData: columns.map(({ name, type, isNullable }) => ({
      name,
      data: [],
      type: types[type],
      nullable: isNullable,
    })),
  });
  const writer = new ParquetWriter({ writer: bytes, schema, createdBy: 'Blockwise' });
  for await (const batch of batches) {
    writer.write({
      columnData: columns.map(({ name }, i) => ({ name, data: (batch[i] ?? []) as DecodedArray })),
      rowGroupSize: rowCount(batch),
    });
    yield bytes.drain();
  }
  writer.finish();
  yield bytes.drain();
}

/** Gives away what was written so far; positions in the file go on counting. */
class DrainedBytes extends ByteWriter {
  drain(): Uint8Array {
    const written = this.getBytes().slice();
    this.index = 0;
    return written;
  }
}
