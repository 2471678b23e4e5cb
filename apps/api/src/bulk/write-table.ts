import type { TableFormat } from '../links/link-content.ts';
import type { Table } from './table.ts';
import { writeArrow } from './write-arrow.ts';
import { writeCsv } from './write-csv.ts';
import { writeParquet } from './write-parquet.ts';

interface FileFormat {
  readonly extension: string;
  readonly contentType: string;
  /** The file, piece by piece; reads on in the table only when the next piece is asked for. */
  readonly write: (table: Table) => AsyncGenerator<Uint8Array>;
}

/** The formats that tables are exported in. */
export const fileFormats: Record<TableFormat, FileFormat> = {
  PARQUET: {
    extension: 'parquet',
    contentType: 'application/vnd.apache.parquet',
    write: writeParquet,
  },
  CSV: {
    extension: 'csv',
    contentType: 'text/csv; charset=utf-8; header=present',
    write: writeCsv,
  },
  ARROW: {
    extension: 'arrows',
    contentType: 'application/vnd.apache.arrow.stream',
    write: writeArrow,
  },
};
