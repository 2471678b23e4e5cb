'use client';

import { useTranslations } from 'next-intl';
import { Empty, Page, Panel } from '../ui/page.tsx';
import { EntriesComparison } from './entries-comparison.tsx';
import { NetworksComparison } from './networks-comparison.tsx';
import { SearchesComparison } from './searches-comparison.tsx';
import { useCompareView } from './use-compare-view.ts';

/** Searches, networks or entries side by side, whichever the address names. */
export function ComparePage() {
  const say = useTranslations('compare');
  const [view] = useCompareView();
  const [kind, ids] =
    view.entries.length > 0
      ? (['entries', view.entries] as const)
      : view.networks.length > 0
        ? (['networks', view.networks] as const)
        : (['searches', view.searches] as const);
  return (
    <Page title={say('title')}>
      {kind === 'searches' ? (
        <SearchesComparison />
      ) : ids.length < 2 ? (
        <Panel title={say(kind)}>
          <Empty>{say('tooFew')}</Empty>
        </Panel>
      ) : kind === 'networks' ? (
        <NetworksComparison ids={ids} />
      ) : (
        <EntriesComparison ids={ids} />
      )}
    </Page>
  );
}
