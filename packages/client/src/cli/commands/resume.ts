import { ResumeSearchDocument } from '../../generated/graphql.ts';
import { defineCommand } from '../command.ts';

export const resume = defineCommand({
  name: 'resume',
  operands: ['SEARCH'],
  told: 'lets a paused search go on from its checkpoints',
  flags: {},
  async run({ client, print }, _values, search = '') {
    const input = { search };
    print((await client.request(ResumeSearchDocument, { input })).resumeSearch.state);
    return 0;
  },
});
