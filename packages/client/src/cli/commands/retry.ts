import { RetryJobDocument } from '../../generated/graphql.ts';
import { defineCommand } from '../command.ts';

export const retry = defineCommand({
  name: 'retry',
  operands: ['JOB'],
  told: 'has the job tried again that a search failed by, and the search go on',
  flags: {},
  async run({ client, print }, _values, job = '') {
    const input = { job };
    print((await client.request(RetryJobDocument, { input })).retryJob.state);
    return 0;
  },
});
