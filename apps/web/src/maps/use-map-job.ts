'use client';

import { SearchCursorDocument, watchSearch } from '@blockwise/client';
import { useEffect, useRef, useState } from 'react';
import { useClient } from '../api/api-provider.tsx';

/** How far the job that makes some maps is. */
export interface MapJob {
  readonly isRunning: boolean;
  readonly attempt: number;
  /** What it does, as its trainer says it. */
  readonly note: string | undefined;
}

const waiting: MapJob = { isRunning: false, attempt: 0, note: undefined };

/**
 * Follows a job from its events. `onEnd` is called once it may have ended, and once before anything is
 * followed, so that an end between two questions is not missed.
 */
export function useMapJob(search: string, job: string | undefined, onEnd: () => void): MapJob {
  const client = useClient();
  const [known, setKnown] = useState(waiting);
  const ended = useRef(onEnd);
  ended.current = onEnd;
  useEffect(() => {
    if (job === undefined) return;
    const stop = new AbortController();
    const { signal } = stop;
    setKnown(waiting);
    const follow = async () => {
      const { search: found } = await client.request(
        SearchCursorDocument,
        { id: search },
        { signal },
      );
      ended.current();
      if (found == null) return;
      const options = {
        ...{ after: found.cursor, signal },
        giveUpAfterSeconds: Number.POSITIVE_INFINITY,
      };
      for await (const event of watchSearch(client, search, options)) {
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
      ended.current();
    };
    follow().catch((reason) => {
      // Whoever leaves the page has no need of it any more.
      if (!signal.aborted) console.warn(reason);
    });
    return () => stop.abort();
  }, [client, search, job]);
  return known;
}
