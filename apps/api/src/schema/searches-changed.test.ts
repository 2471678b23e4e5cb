import { localTeamId } from '@blockwise/db';
import { takeAttempt } from '@blockwise/db/testing';
import type { Client } from 'graphql-ws';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bringPeople, type People } from '../testing/people.ts';
import { connectTo, type Data, startTestApi, type TestApi } from '../testing/test-api.ts';
import { specInput, startSearch } from '../testing/test-search.ts';
import { encodeGlobalId } from './global-id.ts';

const team = encodeGlobalId('Team', localTeamId);
let api: TestApi;
let people: People;
/** The same server, asked by the owner of the team. */
let mine: TestApi;
beforeAll(async () => {
  api = await startTestApi({ recheckSeconds: 0.05 });
  people = await bringPeople(api.platform.db);
  mine = { ...api, ...api.as(people.tokens.owner) };
});
afterAll(() => api.close());

const fields = 'cursor gone searches { id name state phase progress }';
const query = `subscription ($after: String, $filter: SearchFilter) {
  searchesChanged(after: $after, filter: $filter) { ${fields} } }`;
const poll = query.replace('subscription', 'query');

/** Payloads of a subscription. */
function follow(client: Client, variables: object = {}) {
  const payloads = client.iterate({ query, variables: { ...variables } });
  return {
    async next(): Promise<Data> {
      const { value } = await payloads.next();
      expect(value?.errors).toBeUndefined();
      return (value?.data as Data)?.searchesChanged;
    },
    stop: () => payloads.return?.(),
  };
}

it('tells what happens to a list, in few payloads, and goes on after a cursor', async () => {
  const client = connectTo(api.server, people.tokens.owner);
  const strange = connectTo(api.server, people.tokens.outsider);
  const [following, outside] = [follow(client), follow(strange)];
  const first = await following.next();
  expect(first).toMatchObject({ searches: [], gone: [] });
  expect((await outside.next()).searches).toEqual([]);
  const next = following.next();
  const id = await startSearch(mine, { ...specInput, name: 'followed' }, team);
  const news = await next;
  expect(news.searches).toMatchObject([{ id, name: 'followed', state: 'QUEUED', progress: 0 }]);

  // Many reports come together.
  const began = performance.now();
  const attempt = await takeAttempt(api.platform, 'teacher');
  let payloads = 0;
  let last: Data;
  for (let done = 1; done <= 100; done++) {
    await attempt.progress({ done, total: 100, unit: 'steps', perSecond: null, note: null });
  }
  do {
    last = await following.next();
    payloads += 1;
  } while (last.searches[0].progress < 1 / 7);
  expect(last.searches).toMatchObject([{ id, state: 'RUNNING', phase: 'TEACHER' }]);
  expect(payloads).toBeLessThan(3 + (performance.now() - began) / 1000);
  await following.stop();

  await mine.ask(`mutation { updateSearch(input: { search: "${id}", tags: ["new"] }) { id } }`);
  await mine.ask(`mutation { cancelSearch(input: { search: "${id}" }) { id } }`);
  const resumed = follow(client, { after: last.cursor });
  const missed = await resumed.next();
  expect(missed.searches).toMatchObject([{ id, state: 'CANCELLED' }]);
  await resumed.stop();
  const { searchesChanged: polled } = await mine.ask(poll, { after: last.cursor });
  expect(polled).toEqual(missed);
  const running = { after: first.cursor, filter: { states: ['RUNNING'] } };
  expect((await mine.ask(poll, running)).searchesChanged).toMatchObject({
    searches: [],
    gone: [id],
  });
  // The outsider has heard of none of it.
  const open = await startSearch(mine, specInput, team);
  await mine.ask(`mutation { setVisibility(id: "${open}", visibility: PUBLIC) { id } }`);
  expect(await outside.next()).toMatchObject({ searches: [{ id: open }], gone: [] });
  await outside.stop();
  await Promise.all([client.dispose(), strange.dispose()]);
}, 60_000);

it.each([
  [{ after: 'x' }, ['after']],
  [{ filter: { teams: ['x'] } }, ['filter', 'teams', 0]],
])('refuses %j', async (variables, path) => {
  const error = await api.fail(poll, variables);
  expect(error.extensions).toMatchObject({ code: 'BAD_INPUT', path });
});
