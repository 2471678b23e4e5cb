import { ShareLeaderboardDocument, UnshareLeaderboardDocument } from '../../generated/graphql.ts';
import { defineCommand } from '../command.ts';
import { flag } from '../flag.ts';

export const shareBoard = defineCommand({
  name: 'share-board',
  operands: ['BOARD'],
  told: 'makes a read-only link to a leaderboard and prints its page; an earlier link ends',
  flags: { end: flag.on('ends the link, and makes none') },
  async run({ client, print }, { end }, leaderboard = '') {
    const input = { leaderboard };
    if (end) {
      await client.request(UnshareLeaderboardDocument, { input });
      return 0;
    }
    const { shareLeaderboard } = await client.request(ShareLeaderboardDocument, { input });
    print(shareLeaderboard.path);
    return 0;
  },
});
