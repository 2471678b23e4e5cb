import { TeamsDocument, type TeamsQuery } from '../../generated/graphql.ts';
import { defineCommand } from '../command.ts';
import { type Column, formatFlag, showRows } from '../rows.ts';

type Team = TeamsQuery['teams']['nodes'][number];

const columns: readonly Column<Team>[] = [
  { key: 'name', of: ({ name }) => name },
  { key: 'role', of: ({ viewerRole }) => viewerRole },
  { key: 'members', of: ({ members }) => members.map(({ user }) => user.name).join(' ') },
  { key: 'id', of: ({ id }) => id },
];

export const teams = defineCommand({
  name: 'teams',
  operands: [],
  told: 'your teams, with your role in each',
  flags: formatFlag,
  async run({ client, print }, { format }) {
    const { teams: page } = await client.request(TeamsDocument, { first: 100 });
    print(showRows(page.nodes, columns, format));
    return 0;
  },
});
