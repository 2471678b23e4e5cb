import type { Client } from '../../client.ts';
import { ClientError } from '../../client-error.ts';
import { LeaderboardDocument, LeaderboardsDocument } from '../../generated/graphql.ts';
import { entryColumns } from '../board-columns.ts';
import { defineCommand } from '../command.ts';
import { flag } from '../flag.ts';
import { formatFlag, showRows } from '../rows.ts';
import { UsageError } from '../usage-error.ts';

export const leaderboard = defineCommand({
  name: 'leaderboard',
  operands: ['[BOARD]'],
  told: 'entries of a leaderboard, the most accurate first; of the only one if none is named',
  flags: {
    rejected: flag.on('those that were rejected or withdrawn, in place of those with a rank'),
    'params-max': flag.number('X', 'only with so many params at most'),
    'macs-max': flag.number('X', 'only with so many macs at most'),
    first: flag.whole('N', 'how many, 1 to 100 (20)'),
    after: flag.text('CURSOR', 'the page after this one (json tells it)'),
    ...formatFlag,
  },
  async run({ client, print }, { rejected, first, after, format, ...bounds }, named) {
    const id = named ?? (await onlyBoard(client));
    const { leaderboard: board } = await client.request(LeaderboardDocument, {
      id,
      filter: {
        ...(rejected ? { states: ['REJECTED', 'WITHDRAWN'] } : {}),
        params: { max: bounds['params-max'] },
        macs: { max: bounds['macs-max'] },
      },
      first: first ?? 20,
      after,
    });
    if (!board) throw new ClientError('NOT_FOUND', `There is no leaderboard ${id}.`);
    print(showRows(board.entries.nodes, entryColumns, format, board));
    return 0;
  },
});

async function onlyBoard(client: Client): Promise<string> {
  const { leaderboards } = await client.request(LeaderboardsDocument, { first: 1 });
  const [only] = leaderboards.nodes;
  if (only === undefined) {
    throw new ClientError('NOT_FOUND', 'There is no leaderboard yet: no network has been tested.');
  }
  if (leaderboards.totalCount > 1) {
    throw new UsageError(
      'There are several leaderboards: name one ("blockwise boards" lists them).',
    );
  }
  return only.id;
}
