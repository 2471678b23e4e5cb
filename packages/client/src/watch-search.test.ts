import { afterEach, expect, test } from 'vitest';
import { createClient } from './client.ts';
import { type EventServer, startEventServer } from './testing/event-server.ts';
import { watchSearch } from './watch-search.ts';

let server: EventServer | undefined;
afterEach(() => server?.close());

test('takes up a cut connection after the last event and misses and repeats nothing', async () => {
  server = await startEventServer({ total: 7, cutAfter: 3 });
  const client = createClient({ url: server.url });
  const seen: string[] = [];
  let lost = 0;
  for await (const event of watchSearch(client, 'known', {
    onLost: () => {
      lost += 1;
    },
  })) {
    seen.push(event.cursor);
  }
  expect(seen).toEqual(['1', '2', '3', '4', '5', '6', '7']);
  expect(server.asked).toEqual([null, '3', '6']);
  expect(lost).toBe(2);
  await client.close();
});

test('starts after the cursor it is given', async () => {
  server = await startEventServer({ total: 4, cutAfter: 9 });
  const client = createClient({ url: server.url });
  const seen: string[] = [];
  for await (const event of watchSearch(client, 'known', { after: '2' })) seen.push(event.cursor);
  expect(seen).toEqual(['3', '4']);
  await client.close();
});

test('a refusal is thrown, not tried again', async () => {
  server = await startEventServer({ total: 4, cutAfter: 9 });
  const client = createClient({ url: server.url });
  const watching = watchSearch(client, 'unknown').next();
  await expect(watching).rejects.toMatchObject({ code: 'NOT_FOUND', path: ['search'] });
  await client.close();
});

test('gives up when nothing answers for the given time', async () => {
  server = await startEventServer({ total: 1, cutAfter: 1 });
  await server.close();
  const client = createClient({ url: server.url });
  server = undefined;
  const watching = watchSearch(client, 'known', { giveUpAfterSeconds: 0.1 }).next();
  await expect(watching).rejects.toMatchObject({ code: 'UNREACHABLE' });
});

test('an aborted watch ends while it waits', async () => {
  server = await startEventServer({ total: 1, cutAfter: 1 });
  await server.close();
  const client = createClient({ url: server.url });
  server = undefined;
  const stop = new AbortController();
  const watching = watchSearch(client, 'known', {
    signal: stop.signal,
    onLost: () => stop.abort(),
  }).next();
  expect(await watching).toEqual({ done: true, value: undefined });
});
