import { fileNameOf } from '../bulk/file-name.ts';
import type { Context } from '../context.ts';
import { downloadPath } from '../http/download-routes.ts';
import type { TableTarget, tableFormat } from '../links/link-content.ts';
import { builder } from './builder.ts';

export const TableFormatEnum = builder.enumType('TableFormat', {
  description: 'Form of a table as a file.',
  values: {
    PARQUET: { description: 'Apache Parquet, compressed with Snappy.' },
    CSV: { description: 'Comma-separated values (RFC 4180), UTF-8, with a line of names.' },
    ARROW: { description: 'Apache Arrow IPC stream.' },
  } as const satisfies Record<(typeof tableFormat.options)[number], unknown>,
});

interface TableExport {
  readonly target: TableTarget;
  readonly signed: string;
  readonly expiresAt: Date;
}

/** A link to a table, for the viewer of a context, who may see it. */
export function exportTable(target: TableTarget, { links, viewer }: Context): TableExport {
  return { target, ...links.sign(target, viewer.principal?.userId ?? null) };
}

export const TableExportObject = builder.objectRef<TableExport>('TableExport').implement({
  description: 'A link to a table as a file. The file is written while it is downloaded.',
  fields: (t) => ({
    url: t.string({
      description:
        'Where it is downloaded from: a path on the host of this API, signed. Whoever has it needs no ' +
        'sign-in.',
      resolve: ({ signed }) => downloadPath(signed),
    }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      description: 'Until when the link can be followed; a download that has begun goes on.',
    }),
    format: t.field({
      type: TableFormatEnum,
      description: 'Form of the file.',
      resolve: ({ target }) => target.format,
    }),
    fileName: t.string({
      description: 'What browsers call the file.',
      resolve: ({ target }) => fileNameOf(target),
    }),
  }),
});

/** The argument that says in which form. */
export const formatArg = {
  type: TableFormatEnum,
  required: true,
  defaultValue: 'PARQUET',
  description: 'Form of the file.',
} as const;
