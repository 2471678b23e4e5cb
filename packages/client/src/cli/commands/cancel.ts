import { ClientError } from '../../client-error.ts';
import {
  CancelAuditDocument,
  CancelJobDocument,
  CancelSearchDocument,
  NodeKindDocument,
} from '../../generated/graphql.ts';
import { defineCommand } from '../command.ts';

export const cancel = defineCommand({
  name: 'cancel',
  operands: ['ID'],
  told: 'cancels a search, an audit, or a job that is done for a complete search',
  flags: {},
  async run({ client, print }, _values, id = '') {
    const { node } = await client.request(NodeKindDocument, { id });
    switch (node?.__typename) {
      case 'Search': {
        const input = { search: id };
        print((await client.request(CancelSearchDocument, { input })).cancelSearch.state);
        return 0;
      }
      case 'RankingAudit': {
        const input = { audit: id };
        print((await client.request(CancelAuditDocument, { input })).cancelAudit.state);
        return 0;
      }
      case 'Job': {
        const input = { job: id };
        print((await client.request(CancelJobDocument, { input })).cancelJob.state);
        return 0;
      }
      case undefined:
        throw new ClientError('NOT_FOUND', `There is nothing with the id ${id}.`);
      default:
        throw new ClientError('BAD_INPUT', `A ${node?.__typename} cannot be cancelled.`);
    }
  },
});
