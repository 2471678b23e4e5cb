import { EnterLeaderboardDocument } from '../../generated/graphql.ts';
import { defineCommand } from '../command.ts';

export const enter = defineCommand({
  name: 'enter',
  operands: ['BOARD', 'NETWORK'],
  told: "enters a tested network on a leaderboard, and prints the entry's id",
  flags: {},
  async run({ client, print }, _values, board = '', network = '') {
    const input = { leaderboard: board, network };
    const { enterLeaderboard } = await client.request(EnterLeaderboardDocument, { input });
    print(enterLeaderboard.id);
    return 0;
  },
});
