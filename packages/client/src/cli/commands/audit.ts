import { AuditReportDocument, StartAuditDocument } from '../../generated/graphql.ts';
import { defineCommand } from '../command.ts';
import { flag } from '../flag.ts';
import { showReport } from '../report.ts';
import { reportFlags, reportOptions } from '../report-flags.ts';
import { formatFlag } from '../rows.ts';
import { trainingFlags, trainingOf } from '../training-flags.ts';
import { UsageError } from '../usage-error.ts';
import { isFinal, requireSearch, watchUntil } from '../watch.ts';

export const audit = defineCommand({
  name: 'audit',
  operands: ['ID'],
  told: "draws networks of a complete search, trains them, and prints the audit's id",
  flags: {
    networks: flag.whole('N', 'how many networks, 4 to 200 (20)'),
    name: flag.text('NAME', 'name of the audit'),
    'draw-seed': flag.whole('N', 'seed of the draw (0)'),
    'macs-min': flag.number('N', 'draws from so many macs on; with --macs-max'),
    'macs-max': flag.number('N', 'draws up to so many macs'),
    key: flag.text('TEXT', 'idempotency key: starts nothing twice'),
    watch: flag.on('prints what happens, then the report and the networks'),
    ...reportFlags,
    ...formatFlag,
  },
  moreFlags: [trainingFlags],
  async run(context, { networks, name, key, watch, format, ...more }, id = '') {
    const { client, print, given } = context;
    const { 'macs-min': min = 0, 'macs-max': max } = more;
    if (max === undefined && min > 0) {
      throw new UsageError('audit takes --macs-min only together with --macs-max.');
    }
    const { cursor } = await requireSearch(client, id);
    const { startAudit } = await client.request(StartAuditDocument, {
      input: {
        search: id,
        idempotencyKey: key,
        spec: {
          name,
          networks,
          seed: more['draw-seed'],
          macs: max === undefined ? undefined : { min, max },
          training: trainingOf(given),
        },
      },
    });
    print(startAudit.id);
    if (!watch) return 0;
    if (!isFinal(startAudit.state)) {
      await watchUntil(context, { search: id, after: cursor }, (event) =>
        event.audit === startAudit.id && event.auditState ? isFinal(event.auditState) : false,
      );
    }
    const options = reportOptions(more);
    const { audit: ended } = await client.request(AuditReportDocument, {
      id: startAudit.id,
      options,
    });
    if (ended?.report) print(showReport(ended.report, ended, format, ended));
    return ended?.state === 'COMPLETE' ? 0 : 1;
  },
});
