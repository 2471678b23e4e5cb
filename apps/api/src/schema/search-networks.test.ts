import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Data, startTestApi, type TestApi } from '../testing/test-api.ts';
import { playRetrain, playThrough, startSearch } from '../testing/test-search.ts';

/* The networks of a search, page by page. */

let api: TestApi;
let search: string;
let all: Data[];

const query = /* GraphQL */ `
  query ($id: ID!, $origin: NetworkOrigin! = AUDIT, $filter: NetworkFilter, $orderBy: NetworkOrder,
      $first: Int, $after: String) {
    search(id: $id) {
      networks(origin: $origin, filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
        totalCount pageInfo { hasNextPage endCursor } nodes { id state loss top1 params macs }
      }
    }
  }
`;

async function read(variables: object, of: Pick<TestApi, 'ask'> = api): Promise<Data> {
  return (await of.ask(query, { id: search, ...variables })).search.networks;
}

beforeAll(async () => {
  api = await startTestApi();
  search = await startSearch(api);
  await playThrough(api.platform, 'retrain');
  await api.ask(
    `mutation { startAudit(input: { search: "${search}", spec: { networks: 6 } }) { id } }`,
  );
  for (const top1 of [0.5, 0.7, 0.6]) await playRetrain(api.platform, top1);
  all = (await read({})).nodes;
});
afterAll(() => api.close());

const by = (value: (network: Data) => number, sign: 1 | -1) =>
  [...all].sort((a, b) => sign * (value(a) - value(b)));

it('has one origin, in the order in which they were drawn', async () => {
  expect(all).toHaveLength(6);
  expect(all).toEqual(by(({ macs }) => Number(macs), 1));
  expect((await read({ origin: 'SOLVED' })).totalCount).toBe(2);
  expect((await read({ origin: 'REQUESTED' })).nodes).toEqual([]);
});

it.each([
  ['RANK', undefined],
  ['RANK', 'DESC'],
  ['LOSS', undefined],
  ['LOSS', 'DESC'],
  ['TOP1', undefined],
  ['TOP1', 'ASC'],
  ['PARAMS', 'DESC'],
  ['MACS', undefined],
  ['CREATED_AT', undefined],
] as const)('comes by %s %s, whole or in pages', async (field, direction) => {
  const orderBy = { field, ...(direction && { direction }) };
  const whole = (await read({ orderBy })).nodes;
  const paged: Data[] = [];
  for (let after: string | null = null; ; ) {
    const page: Data = await read({ orderBy, first: 2, after });
    expect(page.totalCount).toBe(6);
    paged.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) break;
    after = page.pageInfo.endCursor;
  }
  expect(paged).toEqual(whole);
  expect(new Set(whole.map(({ id }: Data) => id)).size).toBe(6);
});

it('goes by the values that it shows', async () => {
  const losses = (await read({ orderBy: { field: 'LOSS' } })).nodes;
  expect(losses.map(({ loss }: Data) => loss)).toEqual(
    by(({ loss }) => loss, 1).map(({ loss }) => loss),
  );
  const top1s = (await read({ orderBy: { field: 'TOP1' } })).nodes;
  expect(top1s.map(({ top1 }: Data) => top1)).toEqual([0.7, 0.6, 0.5, null, null, null]);
  const ascending = (await read({ orderBy: { field: 'TOP1', direction: 'ASC' } })).nodes;
  expect(ascending.map(({ top1 }: Data) => top1)).toEqual([0.5, 0.6, 0.7, null, null, null]);
  expect((await read({ orderBy: { field: 'RANK', direction: 'DESC' } })).nodes).toEqual(
    all.toReversed(),
  );
});

it('takes filters', async () => {
  const of = async (filter: object) => (await read({ filter })).nodes;
  for (const state of ['QUEUED', 'RUNNING', 'COMPLETE', 'FAILED', 'CANCELLED']) {
    expect(await of({ states: [state] })).toEqual(all.filter((each) => each.state === state));
  }
  expect(await of({ states: ['QUEUED', 'COMPLETE'] })).toEqual(all);
  expect(await of({ states: [] })).toEqual([]);
  const macs = all[2].macs;
  expect(await of({ macs: { max: macs } })).toEqual(all.slice(0, 3));
  expect(await of({ macs: { min: macs, max: macs } })).toEqual([all[2]]);
  expect(await of({ top1: { min: 0.6 } })).toEqual(all.filter(({ top1 }) => top1 >= 0.6));
  const { loss } = all[0];
  expect(await of({ loss: { max: loss } })).toEqual(all.filter((each) => each.loss <= loss));
  const params = Math.max(...all.map((each) => Number(each.params)));
  expect(await of({ params: { min: params + 1 } })).toEqual([]);
  expect((await read({ filter: { top1: { min: 0.6 } }, first: 1 })).totalCount).toBe(2);
});

it('shows nobody, in rows or number, what has a narrower visibility of its own', async () => {
  await api.ask(`mutation { setVisibility(id: "${search}", visibility: PUBLIC) { __typename } }`);
  const [hidden, ...rest] = by(({ top1 }) => top1 ?? 0, -1);
  const hide = `setVisibility(id: "${hidden.id}", visibility: PRIVATE)`;
  await api.ask(`mutation { ${hide} { __typename } }`);
  const seen = await read({}, api.as(null));
  expect(seen.totalCount).toBe(5);
  expect(seen.nodes.map(({ id }: Data) => id).sort()).toEqual(rest.map(({ id }) => id).sort());
  expect((await read({})).totalCount).toBe(6);
});

it('refuses cursors of another order, and pages that are too long', async () => {
  const { pageInfo } = await read({ first: 1 });
  const variables = { id: search, orderBy: { field: 'LOSS' }, after: pageInfo.endCursor };
  expect((await api.fail(query, variables)).extensions).toMatchObject({ code: 'BAD_INPUT' });
  expect((await api.fail(query, { id: search, first: 101 })).extensions).toMatchObject({
    ...{ code: 'BAD_INPUT', path: ['first'] },
  });
});
