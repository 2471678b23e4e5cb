import { WithdrawEntryDocument } from '../../generated/graphql.ts';
import { defineCommand } from '../command.ts';

export const withdraw = defineCommand({
  name: 'withdraw',
  operands: ['ENTRY'],
  told: 'takes an entry of a leaderboard back',
  flags: {},
  async run({ client, print }, _values, entry = '') {
    const { withdrawEntry } = await client.request(WithdrawEntryDocument, { input: { entry } });
    print(withdrawEntry.state);
    return 0;
  },
});
