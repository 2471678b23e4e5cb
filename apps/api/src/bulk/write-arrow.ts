import {
  AsyncByteQueue,
  type DataType,
  Field,
  Float64,
  Int32,
  Int64,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { type Batch, type ColumnType, rowCount, type Table } from './table.ts';

const types: Record<ColumnType, () => DataType> = {
  TEXT: () => new Utf8(),
  INT32: () => new Int32(),
  INT64: () => new Int64(),
  FLOAT64: () => new Float64(),
};

/** A table as an Arrow IPC stream: every batch is a record batch. */
export async function* writeArrow({ columns, batches }: Table): AsyncGenerator<Uint8Array> {
  const schema = new Schema(
    columns.map(({ name, type, isNullable }) => new Field(name, types[type](), isNullable)),
  );
  const chunks = new Chunks();
  const writer = new RecordBatchStreamWriter();
  writer.reset(chunks, schema);
  yield* chunks.drain();
  for await (const batch of batches) {
    writer.write(recordBatch(schema, batch));
    yield* chunks.drain();
  }
  writer.close();
  yield* chunks.drain();
}

function recordBatch(schema: Schema, batch: Batch): RecordBatch {
  const children = schema.fields.map(({ type }, i) => {
    const [data] = vectorFromArray([...(batch[i] ?? [])], type).data;
    if (data === undefined) throw new Error('a batch has no rows');
    return data;
  });
  const type = new Struct(schema.fields);
  return new RecordBatch(schema, makeData({ type, length: rowCount(batch), children }));
}

/** Where the library writes to. Its own queue cannot be emptied without waiting for more. */
class Chunks extends AsyncByteQueue {
  #written: Uint8Array[] = [];

  override write(chunk: Uint8Array): void {
    if (chunk.byteLength > 0) this.#written.push(chunk);
  }

  drain(): Uint8Array[] {
    return this.#written.splice(0);
  }
}
