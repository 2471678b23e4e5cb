'use client';

import { type EventDetailFragment, SearchLogDocument } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { useMemo, useSyncExternalStore } from 'react';
import { ApiProblem } from '../api/api-problem.tsx';
import { useApi } from '../api/use-api.ts';
import { useSearch } from '../search/search-frame.tsx';
import { Empty, Panel, Skeleton } from '../ui/page.tsx';
import { Moment } from '../ui/times.tsx';
import styles from './log-panel.module.css';
import { mergeLog } from './merge-log.ts';
import { useEventWords } from './use-event-words.ts';

/** Lines that are read; the oldest fall out. */
const most = 200;

/** What happened in the search, newest first, going on as it happens. */
export function LogPanel() {
  const say = useTranslations('log');
  const common = useTranslations('common');
  const words = useEventWords();
  const { search, log } = useSearch();
  const past = useApi(SearchLogDocument, { search: search.id, first: most });
  const live = useSyncExternalStore(
    log.subscribe,
    () => log.events,
    () => none,
  );
  const events = useMemo(() => mergeLog(live, past.data?.searchLog ?? [], most), [live, past.data]);
  return (
    <Panel title={say('title')}>
      {past.error && <ApiProblem error={past.error} onRetry={past.refetch} />}
      {past.isPending && <Skeleton label={common('loading')} />}
      {past.data && events.length === 0 && <Empty>{say('none')}</Empty>}
      {events.length > 0 && (
        <ol
          className={styles.log}
          aria-label={say('title')}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
          tabIndex={0}
        >
          {events.map((event) => {
            const { text, tone } = words(event);
            return (
              <li key={event.cursor} className={styles[tone]}>
                <Moment at={event.at} /> <span>{text}</span>
              </li>
            );
          })}
        </ol>
      )}
    </Panel>
  );
}

const none: readonly EventDetailFragment[] = [];
