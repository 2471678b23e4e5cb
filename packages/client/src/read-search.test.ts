import { expect, it } from 'vitest';
import type { Client } from './client.ts';
import {
  MoreAuditsDocument,
  MoreJobsDocument,
  MoreLatencyTablesDocument,
} from './generated/graphql.ts';
import { readSearch } from './read-search.ts';

const lists = new Map<unknown, string>([
  [MoreJobsDocument, 'jobs'],
  [MoreAuditsDocument, 'audits'],
  [MoreLatencyTablesDocument, 'latencyTables'],
]);

/** A search of which every list has three rows, one on a page; it notes what is asked for. */
function clientOf(asked: unknown[]): Client {
  const pageFrom = (name: string, after?: string) => {
    const place = after === undefined ? 1 : Number(after) + 1;
    return {
      nodes: [{ id: `${name} ${place}` }],
      pageInfo: { hasNextPage: place < 3, endCursor: String(place) },
    };
  };
  const request = async (document: unknown, variables: Record<string, string>) => {
    asked.push(variables);
    if (variables.id === 'nothing') return { search: null };
    if (variables.after === undefined) {
      return {
        search: {
          cursor: '7',
          jobs: pageFrom('jobs'),
          networks: pageFrom('SOLVED'),
          requested: pageFrom('REQUESTED'),
          audits: pageFrom('audits'),
          latencyTables: pageFrom('latencyTables'),
        },
      };
    }
    const { origin, after } = variables;
    const list = lists.get(document) ?? 'networks';
    return { search: { [list]: pageFrom(origin ?? list, after) } };
  };
  return { request } as unknown as Client;
}

it('reads every list of a search to the end', async () => {
  const asked: unknown[] = [];
  expect(await readSearch(clientOf(asked), 'search')).toMatchObject({
    cursor: '7',
    jobs: [{ id: 'jobs 1' }, { id: 'jobs 2' }, { id: 'jobs 3' }],
    audits: [{ id: 'audits 1' }, { id: 'audits 2' }, { id: 'audits 3' }],
    latencyTables: [1, 2, 3].map((place) => ({ id: `latencyTables ${place}` })),
    networks: [{ id: 'SOLVED 1' }, { id: 'SOLVED 2' }, { id: 'SOLVED 3' }],
    requested: [{ id: 'REQUESTED 1' }, { id: 'REQUESTED 2' }, { id: 'REQUESTED 3' }],
  });
  expect(asked).toHaveLength(11);
});

it('is null when there is no such search', async () => {
  expect(await readSearch(clientOf([]), 'nothing')).toBeNull();
});
