'use client';

import {
  NetworkRunnerUpsDocument,
  type NetworkRunnerUpsQuery,
  OneNetworkDocument,
  type OneNetworkFragment,
  type OneNetworkQuery,
} from '@blockwise/client';
import { useMemo } from 'react';
import { useApi } from '../api/use-api.ts';
import { type Architecture, readArchitecture } from '../pictures/read-architecture.ts';
import { useSearch } from '../search/search-frame.tsx';

/** How often a network is read anew while something is done with it. */
const busySeconds = 2;

/** A network with what is under way for it: undefined while it is read, null where there is none. */
export function useNetwork(id: string) {
  const { data, error, refetch } = useApi(
    OneNetworkDocument,
    { id },
    { keepsLast: true, everySeconds: (answer) => (isBusy(answer) ? busySeconds : undefined) },
  );
  const network: OneNetworkFragment | null | undefined =
    data === undefined ? undefined : data.node?.__typename === 'Network' ? data.node : null;
  return { network, error, refetch };
}

function isBusy({ node }: OneNetworkQuery): boolean {
  if (node?.__typename !== 'Network') return false;
  const jobs = [...node.retrainings, ...node.exports].map(({ job }) => job);
  return [...jobs, node.cutJob].some((job) => job?.state === 'QUEUED' || job?.state === 'RUNNING');
}

type Ratings = Extract<NonNullable<NetworkRunnerUpsQuery['node']>, { __typename: 'Network' }>;

/** The ratings of a network's blocks, and of what its layers could have been. */
export function useRatings(id: string): { ratings: Ratings | undefined; error: Error | null } {
  const { data, error } = useApi(NetworkRunnerUpsDocument, { id });
  return { ratings: data?.node?.__typename === 'Network' ? data.node : undefined, error };
}

/** A text of the grammar as a picture shows it, with the images and classes of the open search. */
export function useArchitecture(text: string | null | undefined): Architecture | null {
  const { dataset } = useSearch().search;
  const inputSize = dataset?.size;
  const classes = dataset?.classes.length;
  return useMemo(
    () =>
      text == null || inputSize === undefined || classes === undefined
        ? null
        : readArchitecture(text, { inputSize, classes }),
    [text, inputSize, classes],
  );
}
