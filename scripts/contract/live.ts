import assert from 'node:assert/strict';
import type { Data } from './caller.ts';
import type { Case } from './case.ts';
import { subscribe } from './subscribe.ts';
import type { World } from './world.ts';

const live = `subscription ($id: ID!, $after: String) {
  searchEvents(search: $id, after: $after) { cursor kind at }
}`;
const poll = `query ($id: ID!, $after: String, $first: Int!) {
  searchEvents(search: $id, after: $after, first: $first) { cursor events { cursor kind at } }
}`;

async function followed(world: World, after: string | null): Promise<Data[]> {
  const { id } = world.finished();
  const authorization = world.owner.headers.Authorization;
  const { payloads, errors } = await subscribe(world.url, live, { id, after }, { authorization });
  assert.deepEqual(errors, []);
  return payloads.map(({ searchEvents }) => searchEvents);
}

async function polled(world: World): Promise<Data[]> {
  const events: Data[] = [];
  let after: string | null = null;
  for (;;) {
    const variables = { id: world.finished().id, after, first: 100 };
    const { searchEvents }: Data = await world.owner.ask(poll, variables);
    if (searchEvents.events.length === 0) return events;
    events.push(...searchEvents.events);
    after = searchEvents.cursor;
  }
}

/** Subscriptions and their resumption. */
export const liveCases: readonly Case[] = [
  {
    name: 'live: subscription and polling tell the same events in the same order',
    async run(world) {
      assert.deepEqual(await followed(world, null), await polled(world));
    },
  },
  {
    name: 'live: who comes back with a cursor misses nothing and hears nothing twice',
    async run(world) {
      const all = await followed(world, null);
      for (const place of [0, Math.floor(all.length / 2), all.length - 1]) {
        assert.deepEqual(await followed(world, all[place].cursor), all.slice(place + 1));
      }
    },
  },
  {
    name: 'live: a subscription that its reader leaves can be taken up where it was left',
    async run(world) {
      const { id } = world.finished();
      const authorization = world.owner.headers.Authorization;
      const left = await subscribe(world.url, live, { id }, { authorization, most: 2 });
      const heard = left.payloads.map(({ searchEvents }) => searchEvents);
      const rest = await followed(world, heard.at(-1).cursor);
      assert.deepEqual([...heard, ...rest], await polled(world));
    },
  },
  {
    name: 'live: queries run over the socket too',
    async run({ url, owner }) {
      const authorization = owner.headers.Authorization;
      const { payloads } = await subscribe(url, '{ serverInfo { name } }', {}, { authorization });
      assert.deepEqual(payloads, [{ serverInfo: { name: 'Blockwise' } }]);
    },
  },
];
