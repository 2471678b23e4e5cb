import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Data, startTestApi, type TestApi } from '../testing/test-api.ts';
import { playLatency, playThrough, startSearch } from '../testing/test-search.ts';

/* Audits and latency tables of a search, page by page. */

let api: TestApi;
let search: string;

async function read(list: string, of: string): Promise<Data> {
  const fields = list === 'audits' ? 'name state' : 'engine';
  const document = `query ($id: ID!) { search(id: $id) { ${list}${of} {
    totalCount pageInfo { hasNextPage endCursor } nodes { id ${fields} } } } }`;
  return (await api.ask(document, { id: search })).search[list];
}

beforeAll(async () => {
  api = await startTestApi();
  search = await startSearch(api);
  await playThrough(api.platform, 'retrain');
  for (const name of ['b', 'a', 'c']) {
    const spec = `{ networks: 4, name: "${name}" }`;
    const { startAudit } = await api.ask(
      `mutation { startAudit(input: { search: "${search}", spec: ${spec} }) { id } }`,
    );
    if (name !== 'b') continue;
    await api.ask(`mutation { cancelAudit(input: { audit: "${startAudit.id}" }) { id } }`);
  }
  for (let i = 0; i < 3; i++) {
    await api.ask(
      `mutation { measureLatency(input: { search: "${search}", latency: {} }) { id } }`,
    );
  }
  await playLatency(api.platform);
});
afterAll(() => api.close());

it('come in every order, page by page', async () => {
  const names = async (orderBy: string) =>
    (await read('audits', orderBy)).nodes.map(({ name }: Data) => name).join('');
  expect(await names('')).toBe('bac');
  expect(await names('(orderBy: { field: CREATED_AT, direction: DESC })')).toBe('cab');
  expect(await names('(orderBy: { field: NAME })')).toBe('abc');
  expect((await names('(orderBy: { field: FINISHED_AT })'))[0]).toBe('b');
  for (const [list, field] of [
    ['audits', 'NAME'],
    ['audits', 'FINISHED_AT'],
    ['latencyTables', 'CREATED_AT'],
    ['latencyTables', 'MEASURED_AT'],
  ] as const) {
    const whole = await read(list, `(orderBy: { field: ${field} })`);
    expect(whole.totalCount).toBe(3);
    const paged: Data[] = [];
    for (let after: string | null = null; ; ) {
      const place: string = after === null ? '' : `, after: "${after}"`;
      const page: Data = await read(list, `(orderBy: { field: ${field} }, first: 1${place})`);
      paged.push(...page.nodes);
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    expect(paged).toEqual(whole.nodes);
  }
});

it('take filters', async () => {
  const names = async (states: string) =>
    (await read('audits', `(filter: { states: [${states}] })`)).nodes.map(({ name }: Data) => name);
  expect(await names('CANCELLED')).toEqual(['b']);
  expect(await names('QUEUED, RUNNING')).toEqual(['a', 'c']);
  expect(await names('')).toEqual([]);
  const measured = await read('latencyTables', '(filter: { measured: true })');
  expect(measured.totalCount).toBe(1);
  const [{ engine, id }] = measured.nodes;
  expect((await read('latencyTables', `(filter: { engine: "${engine}" })`)).nodes).toEqual([
    { engine, id },
  ]);
  expect((await read('latencyTables', '(filter: { engine: "other" })')).nodes).toEqual([]);
  expect((await read('latencyTables', '(filter: { measured: false })')).totalCount).toBe(2);
});
