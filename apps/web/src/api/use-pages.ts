'use client';

import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useClient } from './api-provider.tsx';
import { pagesKey } from './keys.ts';

interface Connection<Item> {
  readonly nodes: readonly Item[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
  readonly totalCount: number;
}

export interface Pages<Item> {
  /** All that was read so far; undefined until the first page is there. */
  readonly items: readonly Item[] | undefined;
  readonly totalCount: number;
  readonly error: Error | null;
  /** Reads the next page; undefined when there is none. */
  readonly more: (() => void) | undefined;
  readonly isReading: boolean;
  readonly again: () => unknown;
}

/**
 * A list of the API page by page, kept as one. `listOf` finds it in an answer; nothing there is an
 * empty list. While other variables are asked for, the last list stays. With `everySeconds` all of it is read
 * again that often while the page is in sight.
 */
export function usePages<Data, Variables extends { after?: string | null | undefined }, Item>(
  document: TypedDocumentNode<Data, Variables>,
  variables: NoInfer<Omit<Variables, 'after'>>,
  listOf: (data: Data) => Connection<Item> | null | undefined,
  {
    everySeconds,
    isReady = true,
  }: {
    readonly everySeconds?: number;
    readonly isReady?: boolean;
  } = {},
): Pages<Item> {
  const client = useClient();
  const query = useInfiniteQuery({
    queryKey: pagesKey(document, variables),
    queryFn: async ({ pageParam, signal }) => {
      const asked = { ...variables, after: pageParam } as unknown as Variables;
      return listOf(await client.request(document, asked, { signal })) ?? null;
    },
    enabled: isReady,
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last?.pageInfo.hasNextPage ? last.pageInfo.endCursor : undefined),
    placeholderData: keepPreviousData,
    refetchInterval: everySeconds === undefined ? false : everySeconds * 1000,
  });
  const pages = query.data?.pages;
  return {
    items: pages?.flatMap((page) => page?.nodes ?? []),
    totalCount: pages?.[0]?.totalCount ?? 0,
    error: query.error,
    more: query.hasNextPage ? () => void query.fetchNextPage() : undefined,
    isReading: query.isFetchingNextPage,
    again: query.refetch,
  };
}
