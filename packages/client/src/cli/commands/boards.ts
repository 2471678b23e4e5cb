import { LeaderboardsDocument } from '../../generated/graphql.ts';
import { boardColumns } from '../board-columns.ts';
import { defineCommand } from '../command.ts';
import { flag } from '../flag.ts';
import { formatFlag, showRows } from '../rows.ts';

export const boards = defineCommand({
  name: 'boards',
  operands: [],
  told: 'leaderboards that you may see, the newest first',
  flags: {
    dataset: flag.text('HASH', 'only of this data set'),
    name: flag.text('TEXT', 'only with this in their name'),
    first: flag.whole('N', 'how many, 1 to 100 (20)'),
    after: flag.text('CURSOR', 'the page after this one (json tells it)'),
    ...formatFlag,
  },
  async run({ client, print }, { dataset, name, first, after, format }) {
    const { leaderboards } = await client.request(LeaderboardsDocument, {
      filter: { datasetHash: dataset, name },
      first: first ?? 20,
      after,
    });
    print(showRows(leaderboards.nodes, boardColumns, format, leaderboards));
    return 0;
  },
});
