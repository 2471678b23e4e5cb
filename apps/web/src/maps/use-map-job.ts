'use client';

import { SearchCursorDocument, watchSearch } from '@blockwise/client';
import { useEffect, useRef, useState } from 'react';
import { useClient } from '../api/api-provider.tsx';
import { useSearch } from '../search/search-frame.tsx';

/** How far the job that makes some maps is. */
export interface MapJob {
  readonly isRunning: boolean;
  readonly attempt: number;
  /** What it does, as its trainer says it. */
  readonly note: string | undefined;
}

const waiting: MapJob = { isRunning: false, attempt: 0, note: undefined };

/**
 * Follows a job of the open search by its events. `onEnd` is called when it has ended, and once before it is
 * followed: it may have ended before.
 */
export function useMapJob(job: string | undefined, onEnd: () => void): MapJob {
  const client = useClient();
  const { search } = useSearch();
  const { id } = search;
  const [known, setKnown] = useState(waiting);
  const ended = useRef(onEnd);
  ended.current = onEnd;
  useEffect(() => {
    if (job === undefined) return;
    const stop = new AbortController();
    const { signal } = stop;
    setKnown(waiting);
    const follow = async () => {
      const { search: now } = await client.request(SearchCursorDocument, { id }, { signal });
      ended.current();
      if (now == null) return;
      const options = { after: now.cursor, signal, giveUpAfterSeconds: Number.POSITIVE_INFINITY };
      for await (const event of watchSearch(client, id, options)) {
        if (event.job !== job) continue;
        if (event.kind === 'JOB_PROGRESS') {
          const note = event.progress?.note ?? undefined;
          setKnown((before) => ({ ...before, isRunning: true, note }));
        }
        if (event.kind !== 'JOB_CHANGED') continue;
        const isRunning = event.jobState === 'RUNNING';
        setKnown((before) => ({ ...before, isRunning, attempt: event.attempt ?? before.attempt }));
        if (!isRunning && event.jobState !== 'QUEUED') ended.current();
      }
    };
    // Whoever cannot follow reads the list of maps again and again, which tells the end too.
    follow().catch(() => undefined);
    return () => stop.abort();
  }, [client, id, job]);
  return known;
}
