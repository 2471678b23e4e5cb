import type { SearchSummaryFragment } from '@blockwise/client';

interface ListPage {
  readonly nodes: readonly SearchSummaryFragment[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
  readonly totalCount: number;
}

/**
 * Pages of a list with what was told of it: searches that are there change where they stand, those
 * that left go, new ones come on top. The order is right again when the list is read anew.
 */
export function mergeList<Page extends ListPage>(
  pages: readonly Page[],
  searches: readonly SearchSummaryFragment[],
  gone: readonly string[],
): Page[] {
  const newest = new Map(searches.map((search) => [search.id, search]));
  const left = new Set(gone);
  const known = new Set(pages.flatMap(({ nodes }) => nodes.map(({ id }) => id)));
  const added = searches.filter(({ id, createdAt }) => !known.has(id) && isAbove(pages, createdAt));
  const removed = [...left].filter((id) => known.has(id)).length;
  return pages.map((page, at) => ({
    ...page,
    totalCount: page.totalCount + added.length - removed,
    nodes: [
      ...(at === 0 ? added : []),
      ...page.nodes.filter(({ id }) => !left.has(id)).map((row) => newest.get(row.id) ?? row),
    ],
  }));
}

/** True for what is newer than all that was read: an older one is on a page that was not read yet. */
function isAbove(pages: readonly ListPage[], createdAt: string): boolean {
  const newest = pages
    .flatMap(({ nodes }) => nodes.map((row) => row.createdAt))
    .sort()
    .at(-1);
  return newest === undefined || createdAt > newest;
}
