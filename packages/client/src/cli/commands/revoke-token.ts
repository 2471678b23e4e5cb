import { RevokeTokenDocument } from '../../generated/graphql.ts';
import { defineCommand } from '../command.ts';

export const revokeToken = defineCommand({
  name: 'revoke-token',
  operands: ['ID'],
  told: 'ends a token at once',
  flags: {},
  async run({ client, print }, _values, token = '') {
    const { revokeToken: ended } = await client.request(RevokeTokenDocument, { input: { token } });
    print(`${ended.name} is revoked.`);
    return 0;
  },
});
