import { takeAttempt } from '@blockwise/db/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ApiServer } from '../server.ts';
import { connectTo, type Data, startTestApi, type TestApi } from '../testing/test-api.ts';
import { startSearch } from '../testing/test-search.ts';

const selection = 'cursor resets { job afterStep } curves { job key steps values }';
const live = `subscription ($id: ID!, $after: String, $keys: [String!]) {
  curvePoints(search: $id, after: $after, keys: $keys) { ${selection} }
}`;
const poll = live.replace('subscription', 'query');

let api: TestApi;
let other: ApiServer;
beforeAll(async () => {
  api = await startTestApi();
  other = await api.startAnother();
});
afterAll(() => api.close());

/** A reader's curves by key, built as the documentation says: drop, then append. */
function apply(held: Map<string, number[]>, { resets, curves }: Data): void {
  for (const { job, afterStep } of resets) {
    for (const [name, steps] of held) {
      if (name.startsWith(job)) {
        held.set(
          name,
          steps.filter((step) => step <= afterStep),
        );
      }
    }
  }
  for (const { job, key, steps } of curves) {
    held.set(`${job} ${key}`, [...(held.get(`${job} ${key}`) ?? []), ...steps]);
  }
}

const points = (steps: number[], key = 'loss') => ({
  key,
  steps,
  values: steps.map((step) => 1 / step),
  wallTimes: steps.map((step) => 1000 + step),
});

it('merges points by curve, takes back what a resumed job measures anew, on every server', async () => {
  const id = await startSearch(api);
  const { search } = await api.ask('query ($id: ID!) { search(id: $id) { cursor } }', { id });
  const first = await takeAttempt(api.platform, 'teacher');
  const readers = [api.server, other].map((server) => {
    const client = connectTo(server, api.token);
    const variables = { id, after: search.cursor, keys: ['loss'] };
    return { client, pages: client.iterate({ query: live, variables }), held: new Map() };
  });
  await first.appendCurves([points([1, 2, 3]), points([1, 2, 3], 'gradient')]);
  await first.appendCurves([points([4, 5])]);
  await first.abandon();
  const second = await takeAttempt(api.platform, 'teacher');
  await second.resumeFrom(3);
  await second.appendCurves([points([4, 5, 6])]);
  await second.appendCurves([points([7])]);
  for (const { client, pages, held } of readers) {
    while (![...held.values()].flat().includes(7)) {
      const { value } = await pages.next();
      if (value?.data === undefined) throw new Error('the subscription ended');
      apply(held, (value.data as Data).curvePoints);
    }
    expect([...held.values()]).toEqual([[1, 2, 3, 4, 5, 6, 7]]);
    await client.dispose();
  }

  const polled = new Map<string, number[]>();
  let after = search.cursor;
  const seen: Data[] = [];
  for (;;) {
    const { curvePoints: page }: Data = await api.ask(poll, { id, after, keys: ['loss'] });
    if (page.cursor === after) break;
    seen.push(page);
    apply(polled, page);
    after = page.cursor;
  }
  expect([...polled.values()]).toEqual([[1, 2, 3, 4, 5, 6, 7]]);
  // All of it lies in one page: the points of the first attempt behind the checkpoint are not told.
  expect(seen).toHaveLength(1);
  expect(seen[0].curves).toMatchObject([{ key: 'loss', steps: [1, 2, 3, 4, 5, 6, 7] }]);
});

it('refuses what is no cursor', async () => {
  const id = await startSearch(api);
  expect((await api.fail(poll, { id, after: 'x' })).extensions).toMatchObject({
    code: 'BAD_INPUT',
    path: ['after'],
  });
});
