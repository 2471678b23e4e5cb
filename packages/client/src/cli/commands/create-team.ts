import { CreateTeamDocument } from '../../generated/graphql.ts';
import { defineCommand } from '../command.ts';

export const createTeam = defineCommand({
  name: 'create-team',
  operands: ['NAME'],
  told: 'makes a team, which you own; prints its id',
  flags: {},
  async run({ client, print }, _values, name = '') {
    const { createTeam: team } = await client.request(CreateTeamDocument, { input: { name } });
    print(team.id);
    return 0;
  },
});
