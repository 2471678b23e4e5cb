import assert from 'node:assert/strict';
import { breakAfterOne } from './broken-socket.ts';
import type { Data } from './caller.ts';
import { type Case, Skip } from './case.ts';
import { subscribe } from './subscribe.ts';
import type { World } from './world.ts';

const fields = 'cursor resets { job afterStep } curves { job key steps values }';
const subscription = `subscription ($id: ID!, $after: String) {
  curvePoints(search: $id, after: $after) { ${fields} }
}`;
const query = `query ($id: ID!, $after: String, $first: Int!) {
  curvePoints(search: $id, after: $after, first: $first) { ${fields} }
}`;

/** Points by curve and step, as a reader has them who drops and appends what pages say. */
type Held = Map<string, Map<number, number>>;

/** Resumption of `curvePoints`, whose pages are points and not events. */
export const liveCurveCases: readonly Case[] = [
  {
    name: 'live curvePoints: subscription and polling tell the same points, those that are stored',
    async run(world) {
      const told = held(await polled(world));
      assert.deepEqual(held(await followed(world, null)), told);
      const [job] = world.finished().jobs;
      const { curves } = await world.owner.ask(
        'query ($job: ID!, $keys: [String!]!) { curves(jobs: [$job], keys: $keys) { key steps values } }',
        { job: job?.id, keys: job?.curveKeys },
      );
      const stored = curves.map((curve: Data) => ({ ...curve, job: job?.id }));
      for (const [name, points] of held([{ resets: [], curves: stored }])) {
        assert.deepEqual(told.get(name), points);
      }
    },
  },
  {
    name: 'live curvePoints: who comes back with a cursor misses nothing and hears nothing twice',
    async run(world) {
      const pages = await polled(world);
      const all = held(pages);
      for (const place of new Set([0, Math.floor(pages.length / 2), pages.length - 1])) {
        const before = pages.slice(0, place + 1);
        const rest = await followed(world, before.at(-1)?.cursor);
        assert.deepEqual(held([...before, ...rest]), all);
      }
    },
  },
  {
    name: 'live curvePoints: what a broken connection has cut off is told to who comes back with a cursor',
    async run(world) {
      const pages = await polled(world);
      const before = pages.slice(0, 1);
      const after = before[0]?.cursor;
      const variables = { id: world.finished().id, after };
      const { curvePoints: cut } = await breakAfterOne(
        world.url,
        subscription,
        variables,
        world.owner.headers.Authorization,
      );
      // Whether it had arrived or not.
      const all = held(pages);
      assert.deepEqual(held([...before, ...(await followed(world, after))]), all);
      assert.deepEqual(held([...before, cut, ...(await followed(world, cut.cursor))]), all);
    },
  },
];

/** Throws where a step of a curve is told twice. */
function held(pages: readonly Data[]): Held {
  const all: Held = new Map();
  for (const { resets, curves } of pages) {
    for (const { job, afterStep } of resets) {
      for (const [name, points] of all) {
        if (!name.startsWith(`${job} `)) continue;
        for (const step of points.keys()) if (step > afterStep) points.delete(step);
      }
    }
    for (const { job, key, steps, values } of curves) {
      const name = `${job} ${key}`;
      const points = all.get(name) ?? new Map<number, number>();
      all.set(name, points);
      for (const [i, step] of steps.entries()) {
        assert.ok(!points.has(step), `step ${step} of ${name} is told twice`);
        points.set(step, values[i]);
      }
    }
  }
  return all;
}

/** Pages with points, a few events each. Throws {@link Skip} where there are no points. */
async function polled(world: World): Promise<Data[]> {
  const pages: Data[] = [];
  let after: string | null = null;
  for (;;) {
    const variables = { id: world.finished().id, after, first: pages.length < 3 ? 5 : 1000 };
    const { curvePoints: page }: Data = await world.owner.ask(query, variables);
    if (page.cursor === after) break;
    after = page.cursor;
    pages.push(page);
  }
  if (held(pages).size === 0) throw new Skip('the search has no curves');
  return pages;
}

/** Payloads after a cursor, until the subscription ends, as that of a finished search does. */
async function followed({ url, owner, finished }: World, after: string | null): Promise<Data[]> {
  const { payloads, errors, closed } = await subscribe(
    url,
    subscription,
    { id: finished().id, after },
    { authorization: owner.headers.Authorization },
  );
  assert.deepEqual([errors, closed], [[], null]);
  return payloads.map(({ curvePoints }) => curvePoints);
}
