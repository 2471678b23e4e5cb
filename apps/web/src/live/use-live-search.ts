'use client';

import {
  CurvesDocument,
  readSearch,
  type SearchDetail,
  unpackCurve,
  watchSearch,
} from '@blockwise/client';
import { useCallback, useEffect, useState } from 'react';
import { useClient } from '../api/api-provider.tsx';
import { applyEvent, bringsNewRows } from './apply-event.ts';
import { CurveStore } from './curve-store.ts';

/** Points per curve that a page asks for; a chart is not wider than this. */
const pointsPerCurve = 1500;
/** Jobs whose curves are read in one call; the API takes 500. */
const jobsPerCall = 200;
/** New rows come in bursts when a phase ends; one read serves a burst. */
const burstSeconds = 0.3;
/** Between two tries to reach a lost API. */
const seekSeconds = 2;
/** Between two looks at a search that has ended: an audit may be asked for elsewhere. */
const idleSeconds = 15;

export interface LiveSearch {
  readonly search: SearchDetail | null | undefined;
  readonly curves: CurveStore;
  readonly error: Error | undefined;
  /** False while the connection to the API is lost and being sought again. */
  readonly connected: boolean;
  /** Reads and follows anew, at once: events end with the search, until more is asked of it. */
  readonly followAgain: () => void;
}

/**
 * A search as it runs: read once, then kept up by events from the cursor of that reading, so that
 * nothing is missed and nothing comes twice. `search` is undefined while loading, null when there is none.
 */
export function useLiveSearch(id: string): LiveSearch {
  const client = useClient();
  const [curves] = useState(() => new CurveStore());
  const [search, setSearch] = useState<SearchDetail | null>();
  const [error, setError] = useState<Error>();
  const [connected, setConnected] = useState(true);
  const [round, setRound] = useState(0);
  const followAgain = useCallback(() => setRound((before) => before + 1), []);

  // A new round follows the same search anew.
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    let burst: ReturnType<typeof setTimeout> | undefined;

    const refresh = async () => {
      const answer = await readSearch(client, id, { signal });
      if (!signal.aborted) setSearch(answer);
      return answer;
    };

    const readCurves = async (jobs: string[]) => {
      for (let from = 0; from < jobs.length; from += jobsPerCall) {
        const some = jobs.slice(from, from + jobsPerCall);
        const variables = { jobs: some, maxPoints: pointsPerCurve };
        const answer = await client.request(CurvesDocument, variables, { signal });
        for (const { job, key, packed } of answer.curves) {
          const { steps, values } = unpackCurve(packed);
          curves.append(job, key, [...steps], [...values]);
        }
      }
    };

    const fail = (reason: unknown) => {
      if (!signal.aborted) setError(reason instanceof Error ? reason : new Error(String(reason)));
    };

    /** Until the search has ended and nothing is under way for it; answers the last cursor. */
    const follow = async (first: SearchDetail): Promise<string> => {
      let { cursor } = first;
      await readCurves(first.jobs.map((job) => job.id));
      let isSeeking = false;
      // The watch comes back silently when nothing happens in the search; a read tells sooner.
      const onLost = async () => {
        setConnected(false);
        if (isSeeking) return;
        isSeeking = true;
        while (!signal.aborted && isSeeking) {
          await pause(seekSeconds);
          await refresh().then(
            () => {
              isSeeking = false;
            },
            () => {},
          );
        }
        setConnected(true);
      };
      for await (const event of watchSearch(client, id, { after: cursor, signal, onLost })) {
        cursor = event.cursor;
        setSearch((before) => before && applyEvent(before, event));
        if (event.kind === 'CURVE_POINTS' && event.job && event.points) {
          curves.append(event.job, event.points.key, event.points.steps, event.points.values);
        }
        if (bringsNewRows(event)) {
          clearTimeout(burst);
          burst = setTimeout(() => refresh().catch(fail), burstSeconds * 1000);
        }
      }
      return cursor;
    };

    const followForEver = async () => {
      const first = await refresh();
      if (first === null) return;
      let seen = await follow(first);
      while (!signal.aborted) {
        await pause(idleSeconds);
        if (document.visibilityState !== 'visible') continue;
        // An API that is away for a while is no news about a search that has ended.
        const now = await refresh().catch(() => null);
        if (now !== null && now.cursor !== seen) seen = await follow(now);
      }
    };
    followForEver().catch(fail);

    return () => {
      clearTimeout(burst);
      stop.abort();
    };
  }, [client, curves, id, round]);

  return { search, curves, error, connected, followAgain };
}

function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
