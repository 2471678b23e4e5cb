import { ImportLeaderboardDocument } from '../../generated/graphql.ts';
import { defineCommand } from '../command.ts';
import { flag } from '../flag.ts';
import { readData } from '../read-file.ts';

export const importBoard = defineCommand({
  name: 'import-board',
  operands: ['FILE'],
  told: 'makes a leaderboard of a document of export-board, and prints its id',
  flags: {
    name: flag.text('NAME', "in place of the document's"),
    team: flag.text('ID', 'whose it is; your only team if not given'),
  },
  async run({ client, print }, more, file = '') {
    const { importLeaderboard } = await client.request(ImportLeaderboardDocument, {
      input: { ...more, document: await readData(file) },
    });
    print(importLeaderboard.id);
    return 0;
  },
});
