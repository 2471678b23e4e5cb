import { VerifyEntryDocument } from '../../generated/graphql.ts';
import { defineCommand } from '../command.ts';

export const verify = defineCommand({
  name: 'verify',
  operands: ['ENTRY'],
  told: "has the weights of a leaderboard's entry evaluated again, and prints its state",
  flags: {},
  async run({ client, print }, _values, entry = '') {
    const { verifyEntry } = await client.request(VerifyEntryDocument, { input: { entry } });
    print(verifyEntry.state);
    return 0;
  },
});
