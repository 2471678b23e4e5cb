'use client';

import { isPassing } from '@blockwise/client';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import styles from './connection-bar.module.css';

/** Says above every page that the API cannot be reached, as long as it cannot. */
export function ConnectionBar() {
  const say = useTranslations('shell');
  const cache = useQueryClient().getQueryCache();
  const isLost = useSyncExternalStore(
    (onChange) => cache.subscribe(onChange),
    () =>
      cache.getAll().some((query) => query.isActive() && isPassing(query.state.fetchFailureReason)),
    () => false,
  );
  if (!isLost) return null;
  return (
    <p role="status" className={styles.bar}>
      {say('offline')}
    </p>
  );
}
