import { SearchListDocument, type SearchSummaryFragment } from '../../generated/graphql.ts';
import { defineCommand } from '../command.ts';
import { flag } from '../flag.ts';
import { type Column, formatFlag, showRows } from '../rows.ts';

const columns: readonly Column<SearchSummaryFragment>[] = [
  { key: 'name', of: ({ name }) => name },
  { key: 'state', of: ({ state }) => state },
  { key: 'phase', of: ({ phase }) => phase },
  { key: 'spaceSize', of: ({ spaceSize }) => spaceSize },
  { key: 'createdAt', of: ({ createdAt }) => createdAt },
  { key: 'id', of: ({ id }) => id },
];

export const searches = defineCommand({
  name: 'searches',
  operands: [],
  told: 'the newest searches',
  flags: { first: flag.whole('N', 'how many, 20 if not given'), ...formatFlag },
  async run({ client, print }, { first, format }) {
    const { searches: page } = await client.request(SearchListDocument, { first: first ?? 20 });
    print(showRows(page.nodes, columns, format));
    return 0;
  },
});
