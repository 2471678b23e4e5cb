import type { Client } from '../../client.ts';
import { ClientError } from '../../client-error.ts';
import { AuditReportDocument, NodeKindDocument } from '../../generated/graphql.ts';
import { defineCommand } from '../command.ts';
import { flag } from '../flag.ts';
import { networkColumns } from '../network-columns.ts';
import { showRows } from '../rows.ts';
import { requireSearch } from '../watch.ts';

export const exportSearch = defineCommand({
  name: 'export',
  operands: ['ID'],
  told: 'a search with its cells, jobs and networks, or an audit with its own; csv: the networks',
  flags: { format: flag.choice(['json', 'csv', 'table'], 'json if not given') },
  async run({ client, print }, { format = 'json' }, id = '') {
    const { node } = await client.request(NodeKindDocument, { id });
    if (node?.__typename === 'RankingAudit') {
      const audit = await readAudit(client, id);
      print(showRows(audit.networks, networkColumns, format, audit));
      return 0;
    }
    const search = await requireSearch(client, id);
    print(showRows([...search.networks, ...search.requested], networkColumns, format, search));
    return 0;
  },
});

async function readAudit(client: Client, id: string) {
  const { audit } = await client.request(AuditReportDocument, { id });
  if (!audit) throw new ClientError('NOT_FOUND', `There is no audit ${id}.`);
  return audit;
}
