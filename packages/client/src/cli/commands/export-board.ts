import { ExportLeaderboardDocument } from '../../generated/graphql.ts';
import { defineCommand } from '../command.ts';

export const exportBoard = defineCommand({
  name: 'export-board',
  operands: ['BOARD'],
  told: 'prints a leaderboard with its entries as JSON, for import-board',
  flags: {},
  async run({ client, print }, _values, leaderboard = '') {
    const { exportLeaderboard } = await client.request(ExportLeaderboardDocument, { leaderboard });
    print(JSON.stringify(exportLeaderboard, undefined, 2));
    return 0;
  },
});
