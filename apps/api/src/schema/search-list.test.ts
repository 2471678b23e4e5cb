import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Data, startTestApi, type TestApi } from '../testing/test-api.ts';
import { specInput, startSearch } from '../testing/test-search.ts';

const query = /* GraphQL */ `
  query ($first: Int, $after: String, $filter: SearchFilter) {
    searches(first: $first, after: $after, filter: $filter) {
      totalCount
      pageInfo { hasNextPage endCursor startCursor hasPreviousPage }
      nodes { id name }
      edges { cursor node { id } }
    }
  }
`;

describe('searches', () => {
  let api: TestApi;
  const ids: string[] = [];

  beforeAll(async () => {
    api = await startTestApi();
    for (let i = 0; i < 5; i++) {
      ids.unshift(await startSearch(api, { ...specInput, name: `search ${i}` }));
    }
    await api.ask('mutation ($search: ID!) { cancelSearch(input: { search: $search }) { id } }', {
      search: ids[2],
    });
  });
  afterAll(() => api.close());

  it('come newest first, page by page to the end, each once', async () => {
    const found: string[] = [];
    let after: string | null = null;
    do {
      const { searches }: Data = await api.ask(query, { first: 2, after });
      expect(searches.totalCount).toBe(5);
      expect(searches.edges.map(({ node }: Data) => node)).toEqual(
        searches.nodes.map(({ id }: Data) => ({ id })),
      );
      expect(searches.pageInfo.endCursor).toBe(searches.edges.at(-1).cursor);
      found.push(...searches.nodes.map(({ id }: Data) => id));
      after = searches.pageInfo.hasNextPage ? searches.pageInfo.endCursor : null;
    } while (after !== null);
    expect(found).toEqual(ids);
  });

  it('are filtered by state', async () => {
    const { searches } = await api.ask(query, { filter: { states: ['CANCELLED'] } });
    expect(searches).toMatchObject({ totalCount: 1, nodes: [{ id: ids[2], name: 'search 2' }] });
    expect((await api.ask(query, { filter: { states: ['RUNNING'] } })).searches).toMatchObject({
      totalCount: 0,
      nodes: [],
      pageInfo: { hasNextPage: false, endCursor: null },
    });
  });

  it.each([{ first: 0 }, { first: 101 }, { after: 'nowhere' }])('refuse %o', async (variables) => {
    expect((await api.fail(query, variables)).extensions).toMatchObject({
      code: 'BAD_INPUT',
      path: Object.keys(variables),
    });
  });
});
