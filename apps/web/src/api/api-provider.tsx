'use client';

import { type Client, createClient } from '@blockwise/client';
import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react';
import { documentForm } from './document-form.ts';
import { sameHost } from './same-host.ts';

const ClientContext = createContext<Client | null>(null);

/** One connection to the API for all of a page. */
export function ApiProvider({ url, children }: { url: string; children: ReactNode }) {
  const client = useMemo(() => {
    const isBrowser = typeof window !== 'undefined';
    return createClient({
      url: isBrowser ? sameHost(url, window.location.hostname) : url,
      documents: documentForm,
    });
  }, [url]);
  useEffect(() => () => void client.close(), [client]);
  return <ClientContext value={client}>{children}</ClientContext>;
}

export function useClient(): Client {
  const client = useContext(ClientContext);
  if (client === null) throw new Error('useClient is called outside of ApiProvider.');
  return client;
}
