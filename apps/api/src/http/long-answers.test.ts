import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Data, startTestApi, type TestApi } from '../testing/test-api.ts';
import { playDistil, playTeacher, startSearch } from '../testing/test-search.ts';

const points = 30_000;

describe('long answers', () => {
  let api: TestApi;
  let body: string;
  beforeAll(async () => {
    api = await startTestApi();
    const search = await startSearch(api);
    await playTeacher(api.platform);
    await playDistil(api.platform, points);
    const { node } = await api.ask(
      'query ($id: ID!) { node(id: $id) { ... on Search { jobs { id state kind } } } }',
      { id: search },
    );
    const job = node.jobs.find(
      ({ kind, state }: Data) => kind === 'DISTIL' && state === 'COMPLETE',
    )?.id;
    const query = `query ($job: ID!) {
      curves(jobs: [$job], keys: ["loss"], sampling: NONE) { key packed { count values } }
      fails: node(id: "x") { id } }`;
    body = JSON.stringify({ query, variables: { job } });
  });
  afterAll(() => api.close());

  const headers = () => ({
    'Content-Type': 'application/json',
    Authorization: `Bearer ${api.token}`,
  });

  it('arrive whole, with their errors, their cost and their length', async () => {
    const answer = await fetch(api.server.url, { method: 'POST', headers: headers(), body });
    const text = await answer.text();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(answer.headers.get('content-length')).toBe(String(Buffer.byteLength(text)));
    const { data, errors, extensions } = JSON.parse(text);
    const bytes = Buffer.from(data.curves[0].packed.values, 'base64');
    expect([...new Float64Array(new Uint8Array(bytes).buffer)]).toEqual(
      Array.from({ length: points }, (_, i) => 1 / (i + 1)),
    );
    expect(data.curves).toMatchObject([{ key: 'loss', packed: { count: points } }]);
    expect(errors).toMatchObject([{ path: ['fails'], extensions: { code: 'BAD_INPUT' } }]);
    expect(extensions.cost.requested).toBeGreaterThan(0);
  });

  it('end when their reader leaves', async () => {
    const sent = request(api.server.url, { method: 'POST', headers: headers() });
    // More than what is under way at any moment.
    const columns = Array.from({ length: 30 }, (_, i) => `c${i}: values`).join(' ');
    sent.end(body.replace('values', columns));
    const [answer] = await once(sent, 'response');
    expect(Number(answer.headers['content-length'])).toBeGreaterThan(9_000_000);
    answer.destroy();
    expect((await api.ask('{ serverInfo { name } }')).serverInfo).toBeDefined();
  });
});
