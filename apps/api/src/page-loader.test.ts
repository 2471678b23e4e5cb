import type { Database, OwnedList } from '@blockwise/db';
import { expect, it } from 'vitest';
import { pageLoader } from './page-loader.ts';

/** Notes what is read. */
function listOf(reads: string[]): OwnedList<string, { word: string }, 'NAME'> {
  return {
    async pages(_database, ownerIds, { first, after }) {
      reads.push(`${ownerIds.join(' ')}: ${first}`);
      if (after === 'wrong') throw new Error('no such cursor');
      return new Map(
        ownerIds.map((id) => [
          id,
          { edges: [{ cursor: '', node: `row of ${id}` }], hasNextPage: false, endCursor: '' },
        ]),
      );
    },
    async counts(_database, ownerIds, filter) {
      reads.push(`count ${ownerIds.join(' ')}: ${filter?.word}`);
      return new Map(ownerIds.map((id) => [id, id.length]));
    },
  };
}

// The lists above ask no database.
const database = null as unknown as Database;

it('reads once for all owners of whom the same page is asked, and remembers it', async () => {
  const reads: string[] = [];
  const rows: string[] = [];
  const loader = pageLoader(database, listOf(reads), setImmediate, (row) => rows.push(row));
  const asked = [loader.page('a', { first: 5 }), loader.page('b', { first: 5 })];
  const [ofA, ofB] = await Promise.all([...asked, loader.page('a', { first: 1 })]);
  expect([ofA?.edges[0]?.node, ofB?.edges[0]?.node]).toEqual(['row of a', 'row of b']);
  await loader.page('b', { first: 5 });
  expect(reads).toEqual(['a b: 5', 'a: 1']);
  expect(rows).toEqual(['row of a', 'row of b', 'row of a']);
  loader.clearAll();
  await loader.page('b', { first: 5 });
  expect(reads).toHaveLength(3);
});

it('counts once for all owners, by filter', async () => {
  const reads: string[] = [];
  const loader = pageLoader(database, listOf(reads), setImmediate, () => {});
  const counts = ['a', 'bb', 'ccc'].map((id) => loader.count(id, { word: 'w' }));
  expect(await Promise.all([...counts, loader.count('a', undefined)])).toEqual([1, 2, 3, 1]);
  expect(reads).toEqual(['count a bb ccc: w', 'count a: undefined']);
});

it('a page that is refused takes no other with it', async () => {
  const loader = pageLoader(database, listOf([]), setImmediate, () => {});
  const answers = await Promise.allSettled([
    loader.page('a', { first: 5, after: 'wrong' }),
    loader.page('a', { first: 5 }),
  ]);
  expect(answers).toMatchObject([
    { status: 'rejected', reason: { message: 'no such cursor' } },
    { status: 'fulfilled' },
  ]);
});
