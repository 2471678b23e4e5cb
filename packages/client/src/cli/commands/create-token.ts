import { CreateTokenDocument, type TokenScope } from '../../generated/graphql.ts';
import { defineCommand } from '../command.ts';
import { flag } from '../flag.ts';
import { UsageError } from '../usage-error.ts';

const known: readonly TokenScope[] = ['READ', 'WRITE', 'ADMIN', 'TRAIN'];

export const createToken = defineCommand({
  name: 'create-token',
  operands: ['NAME'],
  told: 'makes a token for a program; prints its secret, which is not shown again',
  flags: {
    scopes: flag.text('WORDS', 'READ,WRITE if not given; ADMIN, or TRAIN alone for a trainer'),
    team: flag.text('ID', 'the only team that it is good for'),
    days: flag.whole('N', 'until it ends by itself, 90 if not given'),
  },
  async run({ client, print }, { scopes = 'READ,WRITE', team, days }, name = '') {
    const input = {
      name,
      scopes: scopes.split(',').map(readScope),
      team: team ?? null,
      days: days ?? null,
    };
    const { createToken: made } = await client.request(CreateTokenDocument, { input });
    print(made.secret);
    return 0;
  },
});

function readScope(word: string): TokenScope {
  const scope = known.find((each) => each === word.trim().toUpperCase());
  if (scope === undefined) throw new UsageError(`--scopes has ${known.join(', ')}, not ${word}.`);
  return scope;
}
