import { PauseSearchDocument } from '../../generated/graphql.ts';
import { defineCommand } from '../command.ts';

export const pause = defineCommand({
  name: 'pause',
  operands: ['SEARCH'],
  told: 'holds the jobs of a search back; those under way stop with a checkpoint',
  flags: {},
  async run({ client, print }, _values, search = '') {
    const input = { search };
    print((await client.request(PauseSearchDocument, { input })).pauseSearch.state);
    return 0;
  },
});
