/**
 * What a column holds: TEXT strings, INT32 and FLOAT64 numbers, INT64 bigints, MOMENT dates, which are
 * written as milliseconds in UTC.
 */
export type ColumnType = 'TEXT' | 'INT32' | 'INT64' | 'FLOAT64' | 'MOMENT';

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly isNullable: boolean;
}

export type Value = string | number | bigint | Date | null;

/** A column's values in a batch; typed arrays where there can be many. */
export type Values = readonly Value[] | Int32Array | Float64Array | BigInt64Array;

/** Rows by column: as many lists as the table has columns, all of one length. */
export type Batch = readonly Values[];

/**
 * A table that is read while it is written: it has any number of rows, and only a batch of them is in
 * memory at a time. Batches are large enough (tens of thousands of rows) to be written as they are.
 */
export interface Table {
  readonly columns: readonly Column[];
  readonly batches: AsyncIterable<Batch>;
}

export function column(name: string, type: ColumnType): Column {
  return { name, type, isNullable: false };
}

export function nullableColumn(name: string, type: ColumnType): Column {
  return { name, type, isNullable: true };
}

/** How many rows a batch has. */
export function rowCount(batch: Batch): number {
  return batch[0]?.length ?? 0;
}
