'use client';

import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import {
  keepPreviousData,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { DocumentNode } from 'graphql';
import { useCallback } from 'react';
import { tell } from '../ui/toasts.tsx';
import { useClient } from './api-provider.tsx';
import { apiKey } from './keys.ts';
import { operationName } from './operation-name.ts';

export interface AskOptions<Data> {
  /** False while the question cannot be asked yet. */
  readonly isReady?: boolean;
  /** Asks again this often while the page is in sight; or as often as the last answer makes it. */
  readonly everySeconds?: number | ((answer: Data) => number | undefined);
  /** The last answer stays until the next one is there: for sliders, filters and pages of lists. */
  readonly keepsLast?: boolean;
}

/** An answer of the API, kept by operation and variables for all of a page. */
export function useApi<Data, Variables extends object>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  { isReady = true, everySeconds, keepsLast = false }: AskOptions<NoInfer<Data>> = {},
): UseQueryResult<Data> {
  const client = useClient();
  return useQuery<Data>({
    queryKey: apiKey(document, variables),
    queryFn: ({ signal }) => client.request(document, variables, { signal }),
    enabled: isReady,
    refetchInterval: ({ state: { data } }) => {
      const seconds =
        typeof everySeconds === 'function'
          ? data === undefined
            ? undefined
            : everySeconds(data)
          : everySeconds;
      return seconds === undefined ? false : 1000 * seconds;
    },
    ...(keepsLast ? { placeholderData: keepPreviousData } : {}),
  });
}

/**
 * A mutation: `isPending` while it is under way, its failure is told beside the page unless the form
 * shows it itself. What is named in `renews` is read again when it is done.
 */
export function useChange<Data, Variables>(
  document: TypedDocumentNode<Data, Variables>,
  options: {
    readonly renews?: readonly DocumentNode[];
    readonly showsOwnErrors?: boolean;
  } = {},
) {
  const client = useClient();
  const queries = useQueryClient();
  return useMutation<Data, Error, Variables>({
    mutationFn: (variables) => client.request(document, variables),
    onSuccess: () =>
      Promise.all(
        (options.renews ?? []).map((each) =>
          queries.invalidateQueries({
            queryKey: [operationName(each)],
          }),
        ),
      ),
    onError: (error) => {
      if (options.showsOwnErrors !== true) tell({ text: error.message, tone: 'bad' });
    },
  });
}

/** Reads again whatever was asked by these operations. */
export function useRenew() {
  const queries = useQueryClient();
  return useCallback(
    (...documents: DocumentNode[]) =>
      Promise.all(
        documents.map((each) => queries.invalidateQueries({ queryKey: [operationName(each)] })),
      ),
    [queries],
  );
}
