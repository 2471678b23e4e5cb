import assert from 'node:assert/strict';
import type { Operation, Refusal } from '../operation.ts';
import type { World } from '../world.ts';

const create = `mutation ($input: CreateWebhookInput!) {
  createWebhook(input: $input) { secret webhook { id url events active team { id } } }
}`;
const remove = 'mutation ($id: ID!) { deleteWebhook(input: { webhook: $id }) { id } }';
const ping = `mutation ($id: ID!) {
  pingWebhook(input: { webhook: $id }) { id event state webhook { id } }
}`;

// Nobody answers there, and nobody ever will.
const url = 'https://contract-suite.invalid/hook';
const input = ({ team }: World) => ({ input: { team, url, events: ['SEARCH_FAILED'] } });

async function newWebhook(world: World): Promise<string> {
  return (await world.owner.ask(create, input(world))).createWebhook.webhook.id;
}
const drop = (id: string, { owner }: World) => owner.ask(remove, { id });
const noWebhook: Refusal = {
  code: 'BAD_INPUT',
  told: 'what is no webhook',
  variables: ({ team }) => ({ id: team }),
};
const about = {
  who: 'MAINTAINER',
  scope: 'ADMIN',
  variables: async (world: World) => ({ id: await newWebhook(world) }),
  refusedVariables: ({ team }: World) => ({ id: team }),
} as const;

/** Addresses that a team's events are sent to. */
export const webhooks: readonly Operation[] = [
  {
    name: 'Query.webhooks',
    who: 'MAINTAINER',
    scope: 'ADMIN',
    document: `query ($team: ID) { webhooks(team: $team, first: 50) { totalCount nodes { id } } }`,
    variables: ({ team }) => ({ team }),
    check: ({ nodes, totalCount }) => assert.equal(nodes.length, totalCount),
    inTeam: 'refusals and success',
  },
  {
    name: 'Mutation.createWebhook',
    who: 'MAINTAINER',
    scope: 'ADMIN',
    document: create,
    variables: input,
    check({ secret, webhook }, { team }) {
      assert.match(secret, /^whsec_/);
      const { id: _, ...told } = webhook;
      assert.deepEqual(told, { url, events: ['SEARCH_FAILED'], active: true, team: { id: team } });
    },
    after: ({ webhook }, world) => drop(webhook.id, world),
    inTeam: 'refusals and success',
    refusals: [
      {
        code: 'BAD_INPUT',
        told: 'an address without https',
        variables: ({ team }) => ({ input: { team, url: 'ftp://host', events: ['PING'] } }),
      },
      {
        code: 'BAD_INPUT',
        told: 'a password in the address',
        variables: ({ team }) => ({
          input: { team, url: 'https://a:b@host.invalid', events: ['PING'] },
        }),
      },
    ],
  },
  {
    ...about,
    name: 'Mutation.updateWebhook',
    document: `mutation ($id: ID!) {
      updateWebhook(input: { webhook: $id, active: false }) { id active }
    }`,
    check: ({ active }) => assert.equal(active, false),
    after: ({ id }, world) => drop(id, world),
    refusals: [noWebhook],
  },
  {
    ...about,
    name: 'Mutation.rotateWebhookSecret',
    document: `mutation ($id: ID!) {
      rotateWebhookSecret(input: { webhook: $id }) { secret webhook { id rotatedAt } }
    }`,
    check({ secret, webhook }) {
      assert.match(secret, /^whsec_/);
      assert.notEqual(webhook.rotatedAt, null);
    },
    after: ({ webhook }, world) => drop(webhook.id, world),
    refusals: [noWebhook],
  },
  {
    ...about,
    name: 'Mutation.pingWebhook',
    document: ping,
    check: ({ event }) => assert.equal(event, 'PING'),
    after: ({ webhook }, world) => drop(webhook.id, world),
    refusals: [noWebhook],
  },
  {
    ...about,
    name: 'Mutation.redeliverWebhook',
    document: `mutation ($id: ID!) {
      redeliverWebhook(input: { delivery: $id }) { id state webhook { id } }
    }`,
    variables: async (world) => {
      const { pingWebhook } = await world.owner.ask(ping, { id: await newWebhook(world) });
      return { id: pingWebhook.id };
    },
    check: ({ id }, _world, given) => assert.equal(id, given.id, 'it keeps its id'),
    after: ({ webhook }, world) => drop(webhook.id, world),
    refusals: [{ ...noWebhook, told: 'what is no delivery' }],
  },
  {
    ...about,
    name: 'Mutation.deleteWebhook',
    document: remove,
    async check({ id }, { owner }) {
      const { node } = await owner.ask('query ($id: ID!) { node(id: $id) { id } }', { id });
      assert.equal(node, null, 'it is gone');
    },
    refusals: [noWebhook],
  },
];
