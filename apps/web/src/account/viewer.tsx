'use client';

import { ViewerDocument, type ViewerQuery } from '@blockwise/client';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react';
import { useClient } from '../api/api-provider.tsx';

interface Known {
  /** Undefined until the API has answered; null when nobody is signed in. */
  readonly viewer: ViewerQuery['viewer'] | undefined;
  readonly server: ViewerQuery['serverInfo'] | undefined;
  /** Asks again, after signing in or out. */
  readonly refresh: () => Promise<void>;
}

const ViewerContext = createContext<Known | null>(null);

/** Who is signed in, for all of a page. */
export function ViewerProvider({ children }: { children: ReactNode }) {
  const client = useClient();
  const [answer, setAnswer] = useState<ViewerQuery>();
  const refresh = useCallback(async () => {
    setAnswer(await client.request(ViewerDocument, {}));
  }, [client]);
  useEffect(() => {
    // Pages show for themselves that the API cannot be reached.
    refresh().catch(() => undefined);
  }, [refresh]);
  const known = { viewer: answer?.viewer, server: answer?.serverInfo, refresh };
  return <ViewerContext value={known}>{children}</ViewerContext>;
}

export function useViewer(): Known {
  const known = useContext(ViewerContext);
  if (known === null) throw new Error('useViewer is called outside of ViewerProvider.');
  return known;
}
