import path from 'node:path';
import { ClientError } from '../../client-error.ts';
import { AuditReportDocument, RankReportDocument } from '../../generated/graphql.ts';
import { defineCommand } from '../command.ts';
import { flag } from '../flag.ts';
import { readText } from '../read-file.ts';
import { showReport } from '../report.ts';
import { reportFlags, reportOptions } from '../report-flags.ts';
import { formatFlag } from '../rows.ts';
import { taskFlags, taskOf } from '../task-flags.ts';
import { UsageError } from '../usage-error.ts';

export const auditReport = defineCommand({
  name: 'audit-report',
  operands: ['[AUDIT]'],
  told: 'how far a ranking can be trusted: of an audit, or of a table of trained networks',
  flags: {
    table: flag.text('FILE', 'CSV or JSON: predicted, accuracy, and params, macs or encoding'),
    space: flag.text('NAME|TEXT', 'of --table: the space of its encodings'),
    score: flag.on('of --table: a larger prediction promises more accuracy'),
    ...reportFlags,
    ...taskFlags,
    ...formatFlag,
  },
  async run({ client, print }, { table, space, score, format, ...more }, id) {
    const options = reportOptions(more);
    if ((id === undefined) === (table === undefined)) {
      throw new UsageError('audit-report takes the id of an audit, or --table FILE.');
    }
    if (table !== undefined) {
      const text = await readText(table);
      const isJson = path.extname(table).toLowerCase() === '.json';
      const { rankReport } = await client.request(RankReportDocument, {
        table: isJson ? { json: text } : { csv: text },
        space,
        options: score ? { ...options, predicted: 'SCORE' } : options,
        ...taskOf(more),
      });
      print(showReport(rankReport, null, format, rankReport));
      return 0;
    }
    const { audit } = await client.request(AuditReportDocument, { id: id ?? '', options });
    if (!audit) throw new ClientError('NOT_FOUND', `There is no audit ${id}.`);
    if (!audit.report) {
      throw new ClientError(
        'NOT_READY',
        `The audit is ${audit.state}; fewer than four of its networks are tested.`,
      );
    }
    print(showReport(audit.report, audit, format, audit));
    return 0;
  },
});
