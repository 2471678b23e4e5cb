import assert from 'node:assert/strict';
import type { Data, Variables } from './caller.ts';
import { type Case, Skip } from './case.ts';
import { finishedBoard } from './operations/leaderboards.ts';
import { subscribe } from './subscribe.ts';
import type { World } from './world.ts';

/** A subscription with its polling twin. Both have the variable `$after`, the query `$first` too. */
interface Feed {
  readonly name: string;
  readonly variables: (world: World) => Variables | Promise<Variables>;
  readonly subscription: string;
  readonly query: string;
}

const feeds: readonly Feed[] = [
  {
    name: 'searchEvents',
    variables: (world) => ({ id: world.finished().id }),
    subscription: `subscription ($id: ID!, $after: String) {
      searchEvents(search: $id, after: $after) { cursor events { cursor kind at } }
    }`,
    query: `query ($id: ID!, $after: String, $first: Int!) {
      searchEvents(search: $id, after: $after, first: $first) { cursor events { cursor kind at } }
    }`,
  },
  {
    name: 'leaderboardChanged',
    variables: async (world) => ({ id: (await finishedBoard(world)).id }),
    subscription: `subscription ($id: ID!, $after: String) {
      leaderboardChanged(leaderboard: $id, after: $after) { cursor events { cursor kind at } }
    }`,
    query: `query ($id: ID!, $after: String, $first: Int!) {
      leaderboardChanged(leaderboard: $id, after: $after, first: $first) {
        cursor events { cursor kind at }
      }
    }`,
  },
];

/** Subscriptions and their resumption. */
export const liveCases: readonly Case[] = [
  ...feeds.flatMap(casesOf),
  {
    name: 'live: queries run over the socket too',
    async run({ url, owner }) {
      const authorization = owner.headers.Authorization;
      const { payloads } = await subscribe(url, '{ serverInfo { name } }', {}, { authorization });
      assert.deepEqual(payloads, [{ serverInfo: { name: 'Blockwise' } }]);
    },
  },
];

function casesOf(feed: Feed): Case[] {
  const { name } = feed;
  return [
    {
      name: `live ${name}: subscription and polling tell the same in the same order`,
      async run(world) {
        const all = await polled(feed, world);
        assert.deepEqual(await followed(feed, world, null, all.length), all);
      },
    },
    {
      name: `live ${name}: who comes back with a cursor misses nothing and hears nothing twice`,
      async run(world) {
        const all = await polled(feed, world);
        for (const place of new Set([0, Math.floor(all.length / 2), all.length - 2])) {
          const rest = all.slice(place + 1);
          if (place < 0 || rest.length === 0) continue;
          assert.deepEqual(await followed(feed, world, all[place].cursor, rest.length), rest);
        }
      },
    },
    {
      name: `live ${name}: what its reader leaves in the middle is taken up where it was left`,
      async run(world) {
        const all = await polled(feed, world);
        const heard = await followed(feed, world, null, 1);
        const left = all.length - heard.length;
        const rest = left > 0 ? await followed(feed, world, heard.at(-1).cursor, left) : [];
        assert.deepEqual([...heard, ...rest], all);
      },
    },
  ];
}

/** Events after a cursor by subscription, until there are so many or it ends. */
async function followed(
  { name, subscription, variables }: Feed,
  world: World,
  after: string | null,
  enough: number,
): Promise<Data[]> {
  const eventsIn = (payloads: readonly Data[]) =>
    payloads.flatMap((payload) => payload[name].events);
  const { payloads, errors } = await subscribe(
    world.url,
    subscription,
    { ...(await variables(world)), after },
    {
      authorization: world.owner.headers.Authorization,
      until: (told) => eventsIn(told).length >= enough,
    },
  );
  assert.deepEqual(errors, []);
  return eventsIn(payloads);
}

/** All events there are, by polling. */
async function polled({ name, query, variables }: Feed, world: World): Promise<Data[]> {
  const events: Data[] = [];
  let after: string | null = null;
  for (;;) {
    const given = { ...(await variables(world)), after, first: 100 };
    const { [name]: page }: Data = await world.owner.ask(query, given);
    if (page.events.length === 0) break;
    events.push(...page.events);
    after = page.cursor;
  }
  if (events.length === 0) throw new Skip('nothing has happened there');
  return events;
}
