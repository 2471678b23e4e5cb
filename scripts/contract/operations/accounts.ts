import assert from 'node:assert/strict';
import type { Data } from '../caller.ts';
import { Skip } from '../case.ts';
import type { Operation } from '../operation.ts';
import type { World } from '../world.ts';

const createToken = `mutation ($input: CreateTokenInput!) {
  createToken(input: $input) { secret token { id name scopes expiresAt } }
}`;
const revokeToken = 'mutation ($id: ID!) { revokeToken(input: { token: $id }) { id revokedAt } }';

async function newToken({ owner }: World): Promise<string> {
  const input = { name: 'contract suite', scopes: ['READ'], days: 1 };
  return (await owner.ask(createToken, { input })).createToken.token.id;
}

const nameOf = async ({ owner }: World): Promise<string> =>
  (await owner.ask('{ viewer { user { name } } }')).viewer.user.name;

/** The account that asks, its tokens, and what was done. */
export const accounts: readonly Operation[] = [
  {
    name: 'Query.viewer',
    who: 'ANYONE',
    scope: 'READ',
    document: '{ viewer { scopes user { id } token { name revokedAt } memberships { role } } }',
    check({ user, token, memberships }, world) {
      assert.equal(user.id, world.user.id);
      assert.equal(token.revokedAt, null);
      assert.ok(memberships.length > 0);
    },
  },
  {
    name: 'Mutation.updateViewer',
    who: 'SIGNED_IN',
    scope: 'ADMIN',
    document: 'mutation ($name: String!) { updateViewer(input: { name: $name }) { id name } }',
    variables: async (world) => ({ name: await nameOf(world) }),
    refusedVariables: () => ({ name: 'somebody' }),
    check: ({ name }, _world, given) => assert.equal(name, given.name),
    refusals: [{ code: 'BAD_INPUT', told: 'no name', variables: () => ({ name: '' }) }],
  },
  {
    name: 'Mutation.setPassword',
    who: 'SIGNED_IN',
    scope: 'ADMIN',
    document: `mutation ($password: String!) { setPassword(input: { password: $password }) { id } }`,
    variables() {
      throw new Skip('only a browser sets passwords');
    },
    refusedVariables: () => ({ password: 'ten characters or more' }),
    refusals: [
      {
        code: 'FORBIDDEN',
        told: 'a token',
        variables: () => ({ password: 'ten characters or more' }),
      },
    ],
  },
  {
    name: 'Mutation.createSignInLink',
    who: 'SIGNED_IN',
    scope: 'ADMIN',
    document: `mutation ($email: String) {
      createSignInLink(input: { email: $email }) { url expiresAt }
    }`,
    check({ url, expiresAt }) {
      assert.match(url, /^https?:\/\//);
      assert.ok(new Date(expiresAt).getTime() > Date.now());
    },
  },
  {
    name: 'Mutation.createToken',
    who: 'SIGNED_IN',
    scope: 'ADMIN',
    document: createToken,
    variables: ({ team }) => ({
      input: { name: 'contract suite', scopes: ['READ'], days: 1, team },
    }),
    refusedVariables: () => ({ input: { name: 'contract suite', scopes: ['READ'], days: 1 } }),
    check({ secret, token }) {
      assert.ok(secret.length > 20);
      assert.deepEqual(token.scopes, ['READ']);
    },
    after: ({ token }, { owner }) => owner.ask(revokeToken, { id: token.id }),
    refusals: [
      {
        code: 'BAD_INPUT',
        told: 'too many days',
        variables: () => ({ input: { name: 'a', scopes: ['READ'], days: 367 } }),
      },
      {
        code: 'BAD_INPUT',
        told: 'no scope',
        variables: () => ({ input: { name: 'a', scopes: [] } }),
      },
    ],
  },
  {
    name: 'Mutation.revokeToken',
    who: 'SIGNED_IN',
    scope: 'ADMIN',
    document: revokeToken,
    variables: async (world) => ({ id: await newToken(world) }),
    refusedVariables: ({ team }) => ({ id: team }),
    check: ({ revokedAt }) => assert.notEqual(revokedAt, null),
    refusals: [
      { code: 'BAD_INPUT', told: 'what is no token', variables: ({ team }) => ({ id: team }) },
    ],
  },
  {
    name: 'Query.auditLog',
    who: 'OPERATOR',
    scope: 'ADMIN',
    document: `query ($action: String) {
      auditLog(action: $action, first: 5) { nodes { at action byToken user { id } } }
    }`,
    variables: async (world) => {
      if (!world.user.isOperator) throw new Skip('the token is not of who runs the server');
      await world.owner.ask(revokeToken, { id: await newToken(world) });
      return { action: 'revokeToken' };
    },
    refusedVariables: () => ({}),
    check({ nodes }, world) {
      const [newest] = nodes;
      assert.deepEqual(
        [newest.action, newest.byToken, newest.user.id],
        ['revokeToken', true, world.user.id],
      );
      const times = nodes.map((node: Data) => node.at);
      assert.deepEqual(times, [...times].sort().reverse(), 'the newest first');
    },
  },
];
