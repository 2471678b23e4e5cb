import { defineCommand } from '../command.ts';
import { flag } from '../flag.ts';
import { networkColumns } from '../network-columns.ts';
import { showRows } from '../rows.ts';
import { readSearch } from '../watch.ts';

export const exportSearch = defineCommand({
  name: 'export',
  operands: ['ID'],
  told: 'a search with its cells, jobs and networks; csv: the networks',
  flags: { format: flag.choice(['json', 'csv', 'table'], 'json if not given') },
  async run({ client, print }, { format = 'json' }, id = '') {
    const search = await readSearch(client, id);
    print(showRows([...search.networks, ...search.requested], networkColumns, format, search));
    return 0;
  },
});
