'use client';

import {
  CurvesDocument,
  readSearch,
  SearchCursorDocument,
  type SearchDetail,
  unpackCurve,
  watchSearch,
} from '@blockwise/client';
import { useCallback, useEffect, useState } from 'react';
import { useClient } from '../api/api-provider.tsx';
import { EventLog } from '../log/event-log.ts';
import { applyEvent } from './apply-event.ts';
import { CurveStore } from './curve-store.ts';
import { readChanges } from './read-changes.ts';
import { addChanges, noChanges } from './search-changes.ts';

/** Points per curve that a page asks for; a chart is not wider than this. */
const pointsPerCurve = 1500;
/** Jobs whose curves are read in one call; the API takes 500. */
const jobsPerCall = 200;
/** Changes come in bursts when a phase ends; one read serves a burst. */
const burstSeconds = 0.3;
/** Between two tries to reach a lost API. */
const seekSeconds = 2;
/** Between two looks at a search that has ended: an audit may be asked for elsewhere. */
const idleSeconds = 15;

export interface LiveSearch {
  readonly search: SearchDetail | null | undefined;
  readonly curves: CurveStore;
  /** What happened since it was read. */
  readonly log: EventLog;
  readonly error: Error | undefined;
  /** False while the connection to the API is lost and being sought again. */
  readonly connected: boolean;
  /** Reads and follows anew, at once: events end with the search, until more is asked of it. */
  readonly followAgain: () => void;
}

/**
 * A search as it runs: read once, then kept up by events from the cursor of that reading, so that
 * nothing is missed and nothing comes twice. Of rows that events tell of, those alone are read again. `search` is undefined while loading, null when there is none.
 */
export function useLiveSearch(id: string): LiveSearch {
  const client = useClient();
  const [curves] = useState(() => new CurveStore());
  const [log] = useState(() => new EventLog());
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
    let changes = noChanges;
    let reading = Promise.resolve();

    const fail = (reason: unknown) => {
      if (!signal.aborted) setError(reason instanceof Error ? reason : new Error(String(reason)));
    };

    const readAll = async () => {
      const answer = await readSearch(client, id, { signal });
      if (!signal.aborted) setSearch(answer);
      return answer;
    };

    const readBurst = async () => {
      const wanted = changes;
      changes = noChanges;
      const merge = await readChanges(client, id, wanted, signal);
      if (!signal.aborted) setSearch((before) => before && merge(before));
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

    let isSeeking = false;
    // The watch comes back silently when nothing happens in the search; a short question tells sooner.
    const onLost = async () => {
      if (isSeeking) return;
      isSeeking = true;
      setConnected(false);
      while (!signal.aborted && isSeeking) {
        await pause(seekSeconds);
        await client.request(SearchCursorDocument, { id }, { signal }).then(
          () => {
            isSeeking = false;
          },
          () => {},
        );
      }
      if (!signal.aborted) setConnected(true);
    };

    /** Until the search has ended and nothing is under way for it; answers the last cursor. */
    const follow = async (after: string): Promise<string> => {
      let cursor = after;
      const options = { after, signal, onLost, giveUpAfterSeconds: Number.POSITIVE_INFINITY };
      for await (const event of watchSearch(client, id, options)) {
        cursor = event.cursor;
        setSearch((before) => before && applyEvent(before, event));
        log.add(event);
        if (event.kind === 'CURVE_POINTS' && event.job && event.points) {
          curves.append(event.job, event.points.key, event.points.steps, event.points.values);
        }
        const known = changes;
        changes = addChanges(known, event);
        if (changes !== known) {
          clearTimeout(burst);
          burst = setTimeout(() => {
            // One after the other: an earlier answer never comes after a later one.
            reading = reading.then(readBurst).catch(fail);
          }, burstSeconds * 1000);
        }
      }
      return cursor;
    };

    const followForEver = async () => {
      const first = await readAll();
      if (first === null) return;
      await readCurves(first.jobs.map((job) => job.id));
      let seen = await follow(first.cursor);
      while (!signal.aborted) {
        await pause(idleSeconds);
        if (document.visibilityState !== 'visible') continue;
        // An API that is away for a while is no news about a search that has ended.
        const now = await client
          .request(SearchCursorDocument, { id }, { signal })
          .catch(() => undefined);
        if (now?.search && now.search.cursor !== seen) seen = await follow(seen);
      }
    };
    followForEver().catch(fail);

    return () => {
      clearTimeout(burst);
      stop.abort();
    };
  }, [client, curves, log, id, round]);

  return { search, curves, log, error, connected, followAgain };
}

function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
