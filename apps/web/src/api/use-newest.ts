'use client';

import { ClientError } from '@blockwise/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useClient } from './api-provider.tsx';
import { operationName } from './operation-name.ts';

export interface Newest<Data, Variables> {
  /** The last good answer with what was asked, also while the next one is under way. */
  readonly answer: { readonly asked: Variables; readonly data: Data } | undefined;
  /** Of the question after that. */
  readonly error: Error | undefined;
  /** True while the answer or the error is of an earlier question. */
  readonly isOld: boolean;
}

/** What was answered to a question is the same for so long. */
const keepsSeconds = 300;

/**
 * For questions that follow a moving hand: one is under way at a time, the newest comes next, those
 * between are never asked, and what was answered once is not asked again. Whoever asks more than a
 * minute allows waits and goes on.
 */
export function useNewest<Data, Variables extends object>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  { isReady = true }: { readonly isReady?: boolean } = {},
): Newest<Data, Variables> {
  const client = useClient();
  const queries = useQueryClient();
  const [told, setTold] = useState<Omit<Newest<Data, Variables>, 'isOld'> & { key?: string }>({
    answer: undefined,
    error: undefined,
  });
  const key = JSON.stringify(variables);
  const wanted = useRef({ key, variables });
  const isUnderWay = useRef(false);
  const isGone = useRef(false);

  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
    };
  }, []);

  useEffect(() => {
    if (!isReady) return;
    wanted.current = { key, variables: JSON.parse(key) as Variables };
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    const askUntilNewest = async () => {
      let asked: (typeof wanted)['current'] | undefined;
      while (asked !== wanted.current && !isGone.current) {
        asked = wanted.current;
        const { key: askedKey, variables: question } = asked;
        try {
          const data = await queries.fetchQuery<Data>({
            queryKey: [operationName(document), question],
            queryFn: ({ signal }) => client.request(document, question, { signal }),
            staleTime: keepsSeconds * 1000,
          });
          setTold({ key: askedKey, answer: { asked: question, data }, error: undefined });
        } catch (reason) {
          const error = reason instanceof Error ? reason : new Error(String(reason));
          if (error instanceof ClientError && error.retryAfterSeconds !== undefined) {
            await rest(error.retryAfterSeconds);
            asked = undefined;
          } else {
            setTold(({ answer }) => ({ key: askedKey, answer, error }));
          }
        }
      }
      isUnderWay.current = false;
    };
    void askUntilNewest();
  }, [client, queries, document, key, isReady]);

  return { answer: told.answer, error: told.error, isOld: told.key !== key };
}

function rest(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
