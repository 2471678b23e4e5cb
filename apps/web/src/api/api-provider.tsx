'use client';

import { type Client, createClient } from '@blockwise/client';
import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react';

const ClientContext = createContext<Client | null>(null);

/** One connection to the API for all of a page. */
export function ApiProvider({ url, children }: { url: string; children: ReactNode }) {
  const client = useMemo(() => createClient({ url }), [url]);
  useEffect(() => () => void client.close(), [client]);
  return <ClientContext value={client}>{children}</ClientContext>;
}

export function useClient(): Client {
  const client = useContext(ClientContext);
  if (client === null) throw new Error('useClient is called outside of ApiProvider.');
  return client;
}
