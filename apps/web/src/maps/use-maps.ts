'use client';

import {
  CellFeatureMapsDocument,
  type CellFeatureMapsQuery,
  type FeatureMapsDetailFragment,
  FeatureMapsDocument,
  RequestFeatureMapsDocument,
  unpackMaps,
} from '@blockwise/client';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { useClient } from '../api/api-provider.tsx';
import { useApi, useChange } from '../api/use-api.ts';
import { useRested } from '../ui/use-rested.ts';
import { bothPlanes, type Planes } from './feature-planes.ts';
import { type MapJob, useMapJob } from './use-map-job.ts';

/** Of which cell, path and image maps are wanted. */
export interface MapChoice {
  readonly cell: string;
  readonly path: string;
  /** Number of the data set's sample. */
  readonly sample: number;
}

/** Maps that were made. */
export interface MadeMaps {
  readonly row: FeatureMapsDetailFragment;
  readonly teacher: Planes;
  readonly student: Planes;
}

/** What there is of the maps that are wanted. */
export type Maps =
  | { readonly kind: 'reading' }
  | { readonly kind: 'made'; readonly maps: MadeMaps }
  | { readonly kind: 'making'; readonly job: MapJob }
  /** Their job ended without them. */
  | {
      readonly kind: 'failed';
      readonly code: string | undefined;
      readonly message: string | undefined;
      readonly again: (() => void) | undefined;
    }
  /** Nobody has asked for them, and the viewer may not. */
  | { readonly kind: 'unasked'; readonly stored: readonly FeatureMapsDetailFragment[] }
  | { readonly kind: 'error'; readonly error: Error; readonly again: () => void };

/** What is not stored is asked for when the choice has been left as it is for so long. */
const restSeconds = 0.4;
/** While maps are made, those of the cell are read again so often, should their events not arrive. */
const busySeconds = 5;

/**
 * The maps of a choice: those that are stored, or, where the viewer may ask for them, those that are made now.
 * No choice is read for ever. `mayRequest` is undefined until it is known.
 */
export function useMaps(wanted: MapChoice | undefined, mayRequest: boolean | undefined): Maps {
  const client = useClient();
  const { cell, path, sample }: Partial<MapChoice> = wanted ?? {};
  const choice = JSON.stringify([cell, path, sample]);
  const isRested = useRested(choice, restSeconds) === choice;
  const stored = useApi(
    CellFeatureMapsDocument,
    { cell: cell ?? '' },
    {
      isReady: cell !== undefined,
      everySeconds: (answer) => (mapsOf(answer)?.some(isUnderWay) ? busySeconds : undefined),
    },
  );
  const rows = mapsOf(stored.data);
  const row = rows?.find(
    (each) => each.path === path && each.samples.length === 1 && each.samples[0] === sample,
  );
  const request = useChange(RequestFeatureMapsDocument, {
    renews: [CellFeatureMapsDocument],
    showsOwnErrors: true,
  });
  const asked = useRef('');
  const ask = () => {
    if (cell === undefined || path === undefined || sample === undefined) return;
    asked.current = choice;
    request.mutate({ input: { cell, path, samples: [sample] } });
  };
  const isUnasked = rows !== undefined && row === undefined;
  useEffect(() => {
    if (isUnasked && mayRequest && isRested && asked.current !== choice) ask();
  });

  const isMade = row?.state === 'COMPLETE';
  const read = useQuery({
    queryKey: ['FeatureMaps', row?.id],
    enabled: isMade,
    // What was made stays as it is.
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const { node } = await client.request(FeatureMapsDocument, { id: row?.id ?? '' }, { signal });
      if (node?.__typename !== 'FeatureMaps' || node.maps == null) return null;
      return { ...node, unpacked: unpackMaps(node.maps) };
    },
  });
  const made = useMemo(() => {
    if (read.data == null) return undefined;
    const { unpacked, ...detail } = read.data;
    return { row: detail, ...bothPlanes(unpacked, detail.size, detail.channels) };
  }, [read.data]);
  const isMaking = row !== undefined && isUnderWay(row);
  const job = useMapJob(isMaking ? row.job?.id : undefined, () => void stored.refetch());

  if (made !== undefined && isMade) return { kind: 'made', maps: made };
  const error = read.error ?? stored.error;
  if (error !== null) {
    const again = () => void (read.error === null ? stored.refetch() : read.refetch());
    return { kind: 'error', error, again };
  }
  if (isUnasked && request.error !== null && asked.current === choice)
    return { kind: 'error', error: request.error, again: ask };
  if (isMaking)
    return { kind: 'making', job: { ...job, isRunning: job.isRunning || row.state === 'RUNNING' } };
  if (row?.state === 'FAILED' || row?.state === 'CANCELLED') {
    const { code, message } = row.job?.failure ?? {};
    return {
      kind: 'failed',
      code,
      message,
      again: mayRequest === true && !request.isPending ? ask : undefined,
    };
  }
  if (isUnasked && mayRequest === false)
    return { kind: 'unasked', stored: rows.filter(({ state }) => state === 'COMPLETE') };
  return { kind: 'reading' };
}

function mapsOf(answer: CellFeatureMapsQuery | undefined) {
  return answer?.node?.__typename === 'Cell' ? answer.node.featureMaps : undefined;
}

function isUnderWay({ state }: FeatureMapsDetailFragment): boolean {
  return state === 'QUEUED' || state === 'RUNNING';
}
