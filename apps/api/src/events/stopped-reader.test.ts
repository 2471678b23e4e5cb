import { takeAttempt } from '@blockwise/db/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { connectTo, type Data, startTestApi, type TestApi } from '../testing/test-api.ts';
import { startSearch } from '../testing/test-search.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ pingSeconds: 0.3 });
});
afterAll(() => api.close());

const query = `subscription ($id: ID!, $after: String) {
  curvePoints(search: $id, after: $after) { cursor curves { steps values } }
}`;

/** Points of one payload take some megabytes, more than a connection holds by itself. */
function batch(number: number) {
  const steps = Array.from({ length: 20_000 }, (_, i) => number * 20_000 + i + 1);
  return {
    key: 'loss',
    steps,
    values: steps.map((step) => 1 / step),
    wallTimes: steps.map((step) => 1000 + step),
  };
}

it('hangs up on a reader that has stopped reading, who goes on by cursor and misses nothing', async () => {
  const id = await startSearch(api);
  const attempt = await takeAttempt(api.platform, 'teacher');
  const stopped = new WebSocket(api.server.url.replace('http:', 'ws:'), 'graphql-transport-ws');
  await new Promise((resolve) => stopped.once('open', resolve));
  const send = (message: object) => stopped.send(JSON.stringify(message));
  send({ type: 'connection_init', payload: { authorization: `Bearer ${api.token}` } });
  await new Promise((resolve) => stopped.once('message', resolve));
  send({ id: 'one', type: 'subscribe', payload: { query, variables: { id } } });
  // Its pongs stop with it.
  stopped.pause();
  await expect.poll(() => api.server.subscriptionCount()).toBe(1);
  for (let i = 0; i < 20; i++) await attempt.appendCurves([batch(i)]);
  await expect.poll(() => api.server.subscriptionCount(), { timeout: 20_000 }).toBe(0);
  stopped.terminate();

  // What it had not read is read again by whoever comes with its cursor, here the first.
  const client = connectTo(api.server, api.token);
  const steps: number[] = [];
  for await (const { data } of client.iterate<Data>({ query, variables: { id, after: null } })) {
    for (const curve of data?.curvePoints.curves ?? []) {
      for (const step of curve.steps) steps.push(step);
    }
    if (steps.length >= 400_000) break;
  }
  expect(steps).toEqual(Array.from({ length: 400_000 }, (_, i) => i + 1));
  await client.dispose();
}, 120_000);
