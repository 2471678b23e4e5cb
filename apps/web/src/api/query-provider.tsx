'use client';

import { isPassing } from '@blockwise/client';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';

const longestRestSeconds = 8;

/** Keeps answers of the API for all of a page, and asks again when the connection comes back. */
export function QueryProvider({ children }: { children: ReactNode }) {
  const [queries] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            // What the API refuses it refuses again; what does not arrive is asked until it does.
            retry: (_, error) => isPassing(error),
            retryDelay: (failures) => 1000 * Math.min(2 ** failures, longestRestSeconds),
            staleTime: 5_000,
            refetchOnWindowFocus: true,
            // The API may be on this machine, which needs no network; and when it is not, its failure is told.
            networkMode: 'always',
            refetchOnReconnect: true,
          },
          mutations: { networkMode: 'always' },
        },
      }),
  );
  return <QueryClientProvider client={queries}>{children}</QueryClientProvider>;
}
