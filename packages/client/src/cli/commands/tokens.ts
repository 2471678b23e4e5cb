import { AccountDocument, type TokenDetailFragment } from '../../generated/graphql.ts';
import { defineCommand } from '../command.ts';
import { type Column, formatFlag, showRows } from '../rows.ts';

const columns: readonly Column<TokenDetailFragment>[] = [
  { key: 'name', of: ({ name }) => name },
  { key: 'begins', of: ({ prefix }) => prefix },
  { key: 'scopes', of: ({ scopes }) => scopes.join(' ') },
  { key: 'team', of: ({ team }) => team?.name },
  { key: 'ends', of: ({ expiresAt }) => expiresAt },
  { key: 'lastUsed', of: ({ lastUsedAt }) => lastUsedAt },
  { key: 'id', of: ({ id }) => id },
];

export const tokens = defineCommand({
  name: 'tokens',
  operands: [],
  told: 'your tokens that are good',
  flags: formatFlag,
  async run({ client, print }, { format }) {
    const { viewer } = await client.request(AccountDocument, {});
    print(showRows(viewer?.user.tokens.nodes ?? [], columns, format));
    return 0;
  },
});
