'use client';

import { ViewerDocument, type ViewerQuery } from '@blockwise/client';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useApi } from '../api/use-api.ts';

interface Known {
  /** Undefined until the API has answered; null when nobody is signed in. */
  readonly viewer: ViewerQuery['viewer'] | undefined;
  readonly server: ViewerQuery['serverInfo'] | undefined;
  /** Forgets all answers and asks again: after signing in or out everything may look different. */
  readonly refresh: () => Promise<void>;
}

/** Who is signed in, asked once for all of a page. */
export function useViewer(): Known {
  const queries = useQueryClient();
  const { data } = useApi(ViewerDocument, {});
  const refresh = useCallback(() => queries.resetQueries(), [queries]);
  return { viewer: data?.viewer, server: data?.serverInfo, refresh };
}
