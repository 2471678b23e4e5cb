'use client';

import { useSyncExternalStore } from 'react';
import { neverChanges } from '../ui/never-changes.ts';
import { useClient } from './api-provider.tsx';

/** Address of the API as this browser reaches it; empty in the server's first answer, which cannot know it. */
export function useEndpoint(): string {
  const { url } = useClient();
  return useSyncExternalStore(
    neverChanges,
    () => url,
    () => '',
  );
}
