import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Data, startTestApi, type TestApi } from '../testing/test-api.ts';
import { playRetrain, playThrough, startSearch } from '../testing/test-search.ts';

/* The jobs of a search, page by page. */

let api: TestApi;
let search: string;
let all: Data[];

const query = /* GraphQL */ `
  query ($id: ID!, $filter: JobFilter, $orderBy: JobOrder, $first: Int, $after: String) {
    search(id: $id) {
      jobs(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
        totalCount pageInfo { hasNextPage endCursor }
        nodes { id kind state createdAt finishedAt network { id } }
      }
    }
  }
`;

async function read(variables: object, of: Pick<TestApi, 'ask'> = api): Promise<Data> {
  return (await of.ask(query, { id: search, ...variables })).search.jobs;
}

beforeAll(async () => {
  api = await startTestApi();
  search = await startSearch(api);
  await playThrough(api.platform, 'retrain');
  await api.ask(
    `mutation { startAudit(input: { search: "${search}", spec: { networks: 4 } }) { id } }`,
  );
  await playRetrain(api.platform, 0.5);
  all = (await read({ first: 100 })).nodes;
});
afterAll(() => api.close());

it('come by what they do, then the oldest first', () => {
  const kinds = all.map(({ kind }) => kind);
  expect([...new Set(kinds)]).toEqual(['TEACHER', 'DISTIL', 'RATE', 'SOLVE', 'RETRAIN', 'VERIFY']);
  expect(kinds.filter((kind) => kind === 'RETRAIN')).toHaveLength(6);
});

it.each([
  ['PHASE', undefined],
  ['PHASE', 'DESC'],
  ['CREATED_AT', undefined],
  ['STARTED_AT', undefined],
  ['FINISHED_AT', undefined],
  ['FINISHED_AT', 'ASC'],
] as const)('come by %s %s, whole or in pages', async (field, direction) => {
  const orderBy = { field, ...(direction && { direction }) };
  const whole = (await read({ orderBy, first: 100 })).nodes;
  const paged: Data[] = [];
  for (let after: string | null = null; ; ) {
    const page: Data = await read({ orderBy, first: 4, after });
    expect(page.totalCount).toBe(all.length);
    paged.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) break;
    after = page.pageInfo.endCursor;
  }
  expect(paged).toEqual(whole);
  expect(new Set(whole.map(({ id }: Data) => id)).size).toBe(all.length);
  if (field === 'FINISHED_AT') {
    const ends = whole.map(({ finishedAt }: Data) => finishedAt);
    const ended = ends.filter((end: string | null) => end !== null);
    expect(ends).toEqual([...ended, null, null, null]);
    expect(ended).toEqual(direction === 'ASC' ? ended.toSorted() : ended.toSorted().toReversed());
  }
});

it('take filters by kind and state', async () => {
  const of = async (filter: object) => (await read({ filter, first: 100 })).nodes;
  for (const kinds of [['RETRAIN'], ['TEACHER', 'SOLVE'], ['CUT'], []]) {
    expect(await of({ kinds })).toEqual(all.filter(({ kind }) => kinds.includes(kind)));
  }
  for (const states of [['QUEUED'], ['COMPLETE'], ['FAILED', 'QUEUED']]) {
    expect(await of({ states })).toEqual(all.filter(({ state }) => states.includes(state)));
  }
  expect((await read({ filter: { kinds: ['RETRAIN'], states: ['QUEUED'] } })).totalCount).toBe(3);
});

it('of a hidden network or teacher are not shown, nor counted', async () => {
  const open = (id: string, visibility: string) =>
    api.ask(`mutation { setVisibility(id: "${id}", visibility: ${visibility}) { __typename } }`);
  await open(search, 'PUBLIC');
  expect((await read({}, api.as(null))).totalCount).toBe(all.length);
  const hidden = all.find(({ kind, state }) => kind === 'RETRAIN' && state === 'QUEUED').network.id;
  await open(hidden, 'PRIVATE');
  const { search: found } = await api.ask(`{ search(id: "${search}") { teacher { id } } }`);
  await open(found.teacher.id, 'TEAM');
  const seen = await read({ first: 100 }, api.as(null));
  expect(seen.nodes).toEqual(
    all.filter(({ kind, network }) => kind !== 'TEACHER' && network?.id !== hidden),
  );
  expect(seen.totalCount).toBe(seen.nodes.length);
  expect((await read({})).totalCount).toBe(all.length);
});
