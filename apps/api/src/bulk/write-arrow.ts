import {
  AsyncByteQueue,
  type Data,
  DataType,
  Field,
  Float64,
  Int32,
  Int64,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  TimestampMillisecond,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import {
  type Batch,
  type ColumnType,
  rowCount,
  type Table,
  type Value,
  type Values,
} from './table.ts';

const types: Record<ColumnType, () => DataType> = {
  TEXT: () => new Utf8(),
  INT32: () => new Int32(),
  INT64: () => new Int64(),
  FLOAT64: () => new Float64(),
  MOMENT: () => new TimestampMillisecond('UTC'),
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
  const length = rowCount(batch);
  const children = schema.fields.map(({ type, nullable }, i) => {
    const values = batch[i] ?? [];
    return DataType.isUtf8(type) && !nullable
      ? textData(type, values as readonly string[])
      : numberData(type, values);
  });
  return new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length, children }));
}

function numberData(type: DataType, values: Values): Data {
  const [data] = vectorFromArray(values as readonly Value[], type).data;
  if (data === undefined) throw new Error('a batch has no rows');
  return data;
}

/** Texts behind each other. Of a run of equal ones, which ids and keys are, only one is encoded. */
function textData(type: Utf8, values: readonly string[]): Data<Utf8> {
  const encoder = new TextEncoder();
  const valueOffsets = new Int32Array(values.length + 1);
  const texts: Uint8Array[] = [];
  let last = '';
  let encoded = new Uint8Array();
  for (const [i, text] of values.entries()) {
    if (text !== last) {
      encoded = encoder.encode(text);
      last = text;
    }
    texts.push(encoded);
    valueOffsets[i + 1] = (valueOffsets[i] ?? 0) + encoded.length;
  }
  return makeData({ type, length: values.length, valueOffsets, data: Buffer.concat(texts) });
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
