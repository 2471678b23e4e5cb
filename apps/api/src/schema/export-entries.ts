import { subject } from '../rights/subject.ts';
import { builder } from './builder.ts';
import { exportTable, formatArg, TableExportObject } from './table-export.ts';

builder.queryField('exportEntries', (t) =>
  t.field({
    type: TableExportObject,
    description:
      'What has a place on a leaderboard as a file: a row for each entry, the best first.',
    args: {
      leaderboard: t.arg.id({ required: true, description: 'Id of the leaderboard.' }),
      format: t.arg(formatArg),
    },
    resolve: async (_root, { format, ...args }, context) => {
      const { id } = await subject(context, 'Leaderboard', args.leaderboard, ['leaderboard']);
      return exportTable({ kind: 'entries', format, leaderboardId: id }, context);
    },
  }),
);
