import type { SearchSummaryFragment } from '@blockwise/client';
import { expect, test } from 'vitest';
import { mergeList } from './merge-list.ts';

const row = (id: string, createdAt: string, name = id) =>
  ({ id, createdAt, name }) as SearchSummaryFragment;
const pageInfo = { hasNextPage: false };
const pages = [
  { nodes: [row('c', '2026-03'), row('b', '2026-02')], pageInfo, totalCount: 3 },
  { nodes: [row('a', '2026-01')], pageInfo, totalCount: 3 },
];

test('what changed stays where it stands, what is new comes on top, what left goes', () => {
  const merged = mergeList(pages, [row('a', '2026-01', 'renamed'), row('d', '2026-04')], ['b']);
  expect(merged.map(({ nodes }) => nodes.map(({ name }) => name))).toEqual([
    ['d', 'c'],
    ['renamed'],
  ]);
  expect(merged[0]?.totalCount).toBe(3);
});

test('an older one that was not read yet is left for its page', () => {
  const merged = mergeList(pages, [row('z', '2025-12')], []);
  expect(merged).toEqual(pages);
});
