import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectTo, type Data, startTestApi, type TestApi } from '../testing/test-api.ts';
import { playDistil, playTeacher, startSearch } from '../testing/test-search.ts';

// No multiple of three: columns end with padding.
const points = 30_001;

const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64')).buffer;

describe('packed columns', () => {
  let api: TestApi;
  let operation: { query: string; variables: Record<string, unknown> };
  beforeAll(async () => {
    api = await startTestApi();
    const search = await startSearch(api);
    await playTeacher(api.platform);
    await playDistil(api.platform, points);
    const { node } = await api.ask(
      'query ($id: ID!) { node(id: $id) { ... on Search { jobs { nodes { id state kind } } } } }',
      { id: search },
    );
    const job = node.jobs.nodes.find(
      ({ kind, state }: Data) => kind === 'DISTIL' && state === 'COMPLETE',
    )?.id;
    const query = `query ($job: ID!) {
      curves(jobs: [$job], keys: ["é", "loss"], sampling: NONE) {
        key packed { count steps values again: values wallTimes } }
      fails: node(id: "x") { id } }`;
    operation = { query, variables: { job } };
  });
  afterAll(() => api.close());

  const headers = () => ({
    'Content-Type': 'application/json',
    Authorization: `Bearer ${api.token}`,
  });

  it('arrive whole, beside errors, the cost and the length of the answer', async () => {
    const body = JSON.stringify(operation);
    const answer = await fetch(api.server.url, { method: 'POST', headers: headers(), body });
    const text = await answer.text();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(answer.headers.get('content-length')).toBe(String(Buffer.byteLength(text)));
    const { data, errors, extensions } = JSON.parse(text);
    const [{ packed: none }, { packed }] = data.curves;
    const range = Array.from({ length: points }, (_, i) => i + 1);
    expect([...new Int32Array(bytes(packed.steps))]).toEqual(range);
    expect([...new Float64Array(bytes(packed.values))]).toEqual(range.map((step) => 1 / step));
    expect(packed.again).toBe(packed.values);
    expect(packed.count).toBe(points);
    expect(none).toEqual({ count: 0, steps: '', values: '', again: '', wallTimes: '' });
    expect(data.curves.map(({ key }: Data) => key)).toEqual(['é', 'loss']);
    expect(errors).toMatchObject([{ path: ['fails'], extensions: { code: 'BAD_INPUT' } }]);
    expect(extensions.cost.requested).toBeGreaterThan(0);
  });

  it('are the same over a socket', async () => {
    const client = connectTo(api.server, api.token);
    const { value } = await client.iterate(operation).next();
    await client.dispose();
    const { data } = await api.post(operation.query, operation.variables);
    expect(value?.data).toEqual(data);
  });

  it('end when their reader leaves', async () => {
    const sent = request(api.server.url, { method: 'POST', headers: headers() });
    // More than what is under way at any moment.
    const columns = Array.from({ length: 30 }, (_, i) => `c${i}: values`).join(' ');
    const query = operation.query.replace('again: values', columns);
    sent.end(JSON.stringify({ ...operation, query }));
    const [answer] = await once(sent, 'response');
    expect(Number(answer.headers['content-length'])).toBeGreaterThan(9_000_000);
    answer.destroy();
    expect((await api.ask('{ serverInfo { name } }')).serverInfo).toBeDefined();
  });
});
