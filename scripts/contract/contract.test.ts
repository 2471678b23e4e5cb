import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { usualLimits } from '../../apps/api/src/limits/operation-limits.ts';
import { startTestApi, type TestApi } from '../../apps/api/src/testing/test-api.ts';
import { playRetrain, playThrough, startSearch } from '../../apps/api/src/testing/test-search.ts';
import { createToken, ensureOwner } from '../../packages/db/src/index.ts';
import type { Data } from './caller.ts';
import { holdServer } from './hold.ts';

let api: TestApi;
let search: string;
let token: string;

beforeAll(async () => {
  // Two runs of the suite within a minute are more than one client may ask for.
  api = await startTestApi({
    limits: { ...usualLimits, costPerMinute: 1e9, anonymousCostPerMinute: 1e9 },
  });
  const { owner } = await ensureOwner(api.platform.db);
  const created = await createToken(api.platform.db, {
    userId: owner.id,
    teamId: null,
    name: 'contract',
    scopes: ['READ', 'WRITE', 'ADMIN'],
    expiresAt: new Date(Date.now() + 7 * 24 * 3600 * 1000),
  });
  token = created.secret;
  search = await startSearch(api);
  await playThrough(api.platform, 'retrain');
  await api.ask(
    'mutation ($id: ID!) { startAudit(input: { search: $id, spec: { networks: 4 } }) { id } }',
    { id: search },
  );
  for (let i = 0; i < 4; i += 1) await playRetrain(api.platform, 0.5 + i / 10);
});
afterAll(() => api.close());

/** The lines of a run, and its totals. */
async function hold(url: string, only?: string) {
  const lines: string[] = [];
  const flags = { url, token, search, work: true, only };
  const totals = await holdServer(flags, (line) => lines.push(line));
  return { ...totals, lines };
}

test('this server keeps the contract, and does so a second time', {
  timeout: 300_000,
}, async () => {
  const first = await hold(api.server.url);
  expect(first.lines.filter((line) => /^(FAILED| {4})/.test(line))).toEqual([]);
  const second = await hold(api.server.url);
  expect(second.lines.filter((line) => /^(FAILED| {4})/.test(line))).toEqual([]);
  expect(second.skipped).toBe(first.skipped);
});

/** What a proxy makes of an answer. */
type Alter = (answer: Data, sent: { query: string }) => Data;

/** A proxy before the server that alters its answers, for as long as the body runs. */
async function behind<Value>(alter: Alter, body: (url: string) => Promise<Value>): Promise<Value> {
  const proxy = createServer(async (request, response) => {
    const sent = await text(request);
    const headers = new Headers();
    for (const name of [
      'content-type',
      'authorization',
      'cookie',
      'origin',
      'x-blockwise-invitation',
    ]) {
      const value = request.headers[name];
      if (typeof value === 'string') headers.set(name, value);
    }
    const answer = await fetch(new URL(request.url ?? '', api.server.url), {
      method: request.method ?? 'GET',
      headers,
      ...(request.method === 'POST' ? { body: sent } : {}),
    });
    const told = await answer.text();
    const isGraphql = request.url === '/graphql' && told.startsWith('{') && sent.startsWith('{');
    response.writeHead(answer.status, { 'Content-Type': 'application/json' });
    response.end(isGraphql ? JSON.stringify(alter(JSON.parse(told), JSON.parse(sent))) : told);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const address = proxy.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  try {
    return await body(`http://127.0.0.1:${port}/graphql`);
  } finally {
    proxy.close();
    proxy.closeAllConnections();
  }
}

const unchanged: Alter = (answer) => answer;

test.each<{ told: string; only: string; alter: Alter }>([
  {
    told: 'answers candidates in another order',
    only: 'Query.candidates: succeeds',
    alter: (answer) => {
      answer.data?.candidates?.nodes?.reverse();
      return answer;
    },
  },
  {
    told: 'loses a row between two pages',
    only: 'Query.candidates: pages',
    alter: (answer, { query }) => {
      if (query.includes('pageInfo')) answer.data?.candidates?.nodes?.pop();
      return answer;
    },
  },
  {
    told: 'lets everybody see a search',
    only: 'Query.search: null',
    alter: (answer) => {
      if (answer.data?.search === null) answer.data.search = { id: search };
      return answer;
    },
  },
  {
    told: 'refuses with another code',
    only: 'Query.solve: INFEASIBLE',
    alter: (answer) => JSON.parse(JSON.stringify(answer).replace('INFEASIBLE', 'NOT_FOUND')),
  },
  {
    told: 'shows a stack',
    only: 'Query.search: BAD_INPUT',
    alter: (answer) => {
      for (const error of answer.errors ?? []) error.extensions.stacktrace = ['at server.ts'];
      return answer;
    },
  },
  {
    told: 'has an operation that the suite does not know',
    only: 'every operation has cases',
    alter: (answer) => {
      answer.data?.__schema?.queryType.fields.push({ name: 'secrets', args: [] });
      return answer;
    },
  },
  {
    told: 'does not tell what an answer cost',
    only: 'limits: an answer tells what it cost',
    alter: ({ extensions: _, ...answer }) => answer,
  },
])('a server that $told fails', async ({ only, alter }) => {
  const good = await behind(unchanged, (url) => hold(url, only));
  expect([good.passed, good.failed], good.lines.join('\n')).toEqual([1, 0]);
  const bad = await behind(alter, (url) => hold(url, only));
  expect([bad.passed, bad.failed], bad.lines.join('\n')).toEqual([0, 1]);
});
