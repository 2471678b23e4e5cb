'use client';

import {
  QueueDocument,
  type TrainerDetailFragment,
  TrainersDocument,
  type TrainersQuery,
  type TrainersQueryVariables,
  WaitingJobsDocument,
  watchTrainers,
} from '@blockwise/client';
import { type InfiniteData, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useClient } from '../api/api-provider.tsx';
import { useRenew } from '../api/use-api.ts';
import { usePages } from '../api/use-pages.ts';
import { mergeTrainers } from './merge-trainers.ts';

/** Which trainers are shown: those that are there, or those that fell silent. */
export type Shown = 'here' | 'gone';

/** Trainers of a page; more come when they are asked for. */
const pageSize = 50;
/** How far jobs are and when trainers were heard of is told by nobody. */
const progressSeconds = 5;
/** Jobs begin and end in bursts: the queue is read again at most this often for it. */
const queueRestSeconds = 3;

/** Trainers, read page by page and kept up by what they do; what changes renews the queue. */
export function useLiveTrainers(shown: Shown, text: string) {
  const client = useClient();
  const queries = useQueryClient();
  const renew = useRenew();
  const asked = useMemo(
    (): Omit<TrainersQueryVariables, 'after'> => ({
      first: pageSize,
      filter: {
        states: shown === 'here' ? ['BUSY', 'IDLE'] : ['LOST'],
        ...(text === '' ? {} : { text }),
      },
      orderBy: { field: shown === 'here' ? 'NAME' : 'LAST_SEEN' },
    }),
    [shown, text],
  );
  const list = usePages(TrainersDocument, asked, (data) => data.trainers, {
    everySeconds: progressSeconds,
  });

  useEffect(() => {
    const stop = new AbortController();
    let resting: ReturnType<typeof setTimeout> | undefined;
    const renewQueue = () => {
      resting ??= setTimeout(() => {
        resting = undefined;
        void renew(QueueDocument, WaitingJobsDocument);
      }, queueRestSeconds * 1000);
    };
    const belongs = ({ state, name, device }: TrainerDetailFragment) =>
      (state === 'LOST') === (shown === 'gone') &&
      `${name}\n${device}`.toLowerCase().includes(text.toLowerCase());
    const follow = async () => {
      const options = { signal: stop.signal, giveUpAfterSeconds: Number.POSITIVE_INFINITY };
      for await (const { trainers } of watchTrainers(client, options)) {
        queries.setQueryData<InfiniteData<TrainersQuery['trainers']>>(
          ['Trainers', 'pages', asked],
          (before) =>
            before && { ...before, pages: mergeTrainers(before.pages, trainers, belongs) },
        );
        renewQueue();
      }
    };
    // The list itself tells that the API refuses.
    follow().catch(() => undefined);
    return () => {
      clearTimeout(resting);
      stop.abort();
    };
  }, [client, queries, renew, asked, shown, text]);

  return list;
}
