import { subject } from '../rights/subject.ts';
import { builder } from './builder.ts';
import { onlyOneOf } from './only-one-of.ts';
import { exportTable, formatArg, TableExportObject } from './table-export.ts';

builder.queryField('exportCandidates', (t) =>
  t.field({
    type: TableExportObject,
    description:
      'All rated candidates of a cell, or of a whole search, as a file: a row for each, by block, cell ' +
      'and path.',
    args: {
      cell: t.arg.id({ description: 'Id of the cell; or give `search`.' }),
      search: t.arg.id({ description: 'Id of the search, for all its cells; or give `cell`.' }),
      format: t.arg(formatArg),
    },
    resolve: async (_root, { format, ...args }, context) => {
      const of = onlyOneOf(args, ['cell', 'search']);
      const common = { kind: 'candidates', format } as const;
      if (of.name === 'search') {
        const { id } = await subject(context, 'Search', of.value, ['search']);
        return exportTable({ ...common, searchId: id, cellId: null }, context);
      }
      const { id, searchId } = await subject(context, 'Cell', of.value, ['cell']);
      return exportTable({ ...common, searchId, cellId: id }, context);
    },
  }),
);
