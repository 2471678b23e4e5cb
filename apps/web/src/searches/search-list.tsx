'use client';

import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useMayStart } from '../account/rights.ts';
import { useViewer } from '../account/viewer.tsx';
import { ApiProblem } from '../api/api-problem.tsx';
import { Button } from '../ui/button.tsx';
import { formatExact } from '../ui/format.ts';
import { LinkButton } from '../ui/link-button.tsx';
import { Panel, Skeleton } from '../ui/page.tsx';
import { Scroll } from '../ui/scroll.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { ListFilters } from './list-filters.tsx';
import { useListState } from './list-state.ts';
import { SearchTable } from './search-table.tsx';
import styles from './searches.module.css';
import { useLiveList } from './use-live-list.ts';

/** All searches that one may see, with what each is doing and what it has found, live. */
export function SearchList() {
  const say = useTranslations('searches');
  const common = useTranslations('common');
  const { viewer } = useViewer();
  const mayStart = useMayStart();
  const list = useListState();
  const { items, totalCount, error, more, isReading, again } = useLiveList(
    list.asked,
    list.orderBy,
  );
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());

  const isEmpty = items?.length === 0 && !list.isFiltered;
  if (isEmpty) return <Beginning isSignedIn={viewer !== null} mayStart={mayStart} />;
  const chosen = (items ?? []).filter(({ id }) => ticked.has(id));
  return (
    <Panel
      title={say('title')}
      aside={items && <span>{say('count', { count: formatExact(totalCount) })}</span>}
    >
      <div className={styles.list}>
        <ListFilters list={list} />
        {error && <ApiProblem error={error} onRetry={again} />}
        {items === undefined && !error && <Skeleton lines={10} label={common('loading')} />}
        {chosen.length > 0 && <BulkBar chosen={chosen} onDone={() => setTicked(new Set())} />}
        {items?.length === 0 && <p>{say('noneFit')}</p>}
        {items !== undefined && items.length > 0 && (
          <Scroll label={say('title')}>
            <SearchTable
              searches={items}
              list={list}
              ticked={ticked}
              canTick={viewer != null}
              onTick={setTicked}
            />
          </Scroll>
        )}
        {more && (
          <div>
            <Button isDisabled={isReading} onPress={more}>
              {common('more')}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}

/** Before the first search: what one is, and the way to it. */
function Beginning({ isSignedIn, mayStart }: { isSignedIn: boolean; mayStart: boolean }) {
  const say = useTranslations('searches');
  return (
    <section className={styles.beginning} aria-label={say('begin.title')}>
      <h2>{say('begin.title')}</h2>
      <p>{isSignedIn ? say('begin.text') : say('begin.signedOut')}</p>
      {mayStart && (
        <LinkButton href="/searches/new" tone="main" icon={<Plus aria-hidden />}>
          {say('begin.start')}
        </LinkButton>
      )}
      {!isSignedIn && (
        <LinkButton href="/sign-in" tone="main">
          {say('begin.signIn')}
        </LinkButton>
      )}
    </section>
  );
}
