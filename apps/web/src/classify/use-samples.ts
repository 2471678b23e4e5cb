'use client';

import { DatasetSamplesDocument } from '@blockwise/client';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useClient } from '../api/api-provider.tsx';
import { readPixels } from './read-pixels.ts';
import type { Pixels } from './resample.ts';

/** Images of the test part with the very pixels that networks are tested on. */
export interface Samples {
  readonly sheet: Pixels;
  /** Address of the sheet, as long as the page is there. */
  readonly picture: string;
  readonly size: number;
  readonly columns: number;
  readonly count: number;
  /** Of every image the position of its class. */
  readonly labels: readonly number[];
}

/** The samples of a search's data, once they are wanted: undefined while they are read, null where none were kept. */
export function useSamples(
  search: string,
  isWanted: boolean,
): { readonly samples: Samples | null | undefined; readonly error: Error | null } {
  const client = useClient();
  const { data, error } = useQuery({
    queryKey: ['samples', search],
    enabled: isWanted,
    // The sheet never changes, but its link does.
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const answer = await client.request(DatasetSamplesDocument, { search }, { signal });
      const sheet = answer.search?.dataset?.samples;
      if (sheet == null) return null;
      const url = new URL(sheet.url, client.url);
      const response = await fetch(url, { credentials: 'include', signal });
      if (!response.ok) throw new Error(response.statusText);
      const file = await response.blob();
      return { sheet, file, pixels: await readPixels(file) };
    },
  });
  const picture = useMemo(() => (data ? URL.createObjectURL(data.file) : ''), [data]);
  useEffect(() => () => URL.revokeObjectURL(picture), [picture]);
  const samples = data && {
    sheet: data.pixels,
    picture,
    size: data.sheet.size,
    columns: data.sheet.columns,
    count: data.sheet.count,
    labels: data.sheet.labels,
  };
  return { samples, error };
}
