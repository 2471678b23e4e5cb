'use client';

import { AuditNetworksDocument } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { parseAsString, useQueryState } from 'nuqs';
import { useEffect } from 'react';
import { isAtLeast, useRole } from '../account/rights.ts';
import { ApiProblem } from '../api/api-problem.tsx';
import { useApi, useRenew } from '../api/use-api.ts';
import { useSearch } from '../search/search-frame.tsx';
import { Select } from '../ui/fields.tsx';
import { Empty, Panel, Skeleton } from '../ui/page.tsx';
import styles from './audit.module.css';
import { AuditForm } from './audit-form.tsx';
import { AuditHead } from './audit-head.tsx';
import { AuditPictures } from './audit-pictures.tsx';
import { trainingsEnded } from './audit-progress.ts';
import { BeyondPanels } from './beyond-panels.tsx';
import { RankPanel } from './rank-panel.tsx';
import { VerdictText } from './verdict-text.tsx';

/** Whether predicted losses tell which network is better: one audit at a time, and a form for the next. */
export function AuditPanel() {
  const say = useTranslations('trust');
  const common = useTranslations('common');
  const { search, followAgain } = useSearch();
  const [chosen, choose] = useQueryState('audit', parseAsString);
  const renew = useRenew();
  const { audits } = search;
  const audit = audits.find(({ id }) => id === chosen) ?? audits.at(-1);
  const { data, error, refetch } = useApi(
    AuditNetworksDocument,
    { id: audit?.id ?? '' },
    { isReady: audit !== undefined },
  );
  // An audit has changed whenever a training has ended.
  const progress = `${audit?.state} ${trainingsEnded(search.jobs)}`;
  useEffect(() => {
    if (progress !== '') void renew(AuditNetworksDocument);
  }, [progress, renew]);
  const answer = data?.audit;
  const tested = answer?.networks.filter(({ top1 }) => top1 != null) ?? [];
  return (
    <>
      <Panel
        title={say('question')}
        aside={
          audits.length > 1 && (
            <Select
              label={say('audit')}
              value={audit?.id ?? ''}
              options={audits.map(({ id, name }, place) => ({
                value: id,
                name: `${place + 1}: ${name}`,
              }))}
              onChange={(id) => choose(id)}
            />
          )
        }
      >
        <div className={styles.stack}>
          {error && <ApiProblem error={error} onRetry={refetch} />}
          {audit === undefined ? (
            <VerdictText audit={null} />
          ) : answer == null ? (
            !error && <Skeleton label={common('loading')} />
          ) : (
            <>
              <VerdictText audit={answer} />
              <AuditHead audit={answer} tested={tested.length} />
            </>
          )}
        </div>
      </Panel>
      {answer && tested.length > 0 && (
        <>
          <AuditPictures name={search.name} networks={tested} />
          {answer.report && <RankPanel name={search.name} report={answer.report} />}
          <BeyondPanels audit={answer} />
        </>
      )}
      <StartPanel
        onStarted={(id) => {
          void choose(id);
          followAgain();
        }}
      />
    </>
  );
}

function StartPanel({ onStarted }: { onStarted: (audit: string) => void }) {
  const say = useTranslations('trust');
  const { search } = useSearch();
  const role = useRole(search.team.id);
  return (
    <Panel title={search.audits.length === 0 ? say('startTitle') : say('anotherTitle')}>
      {search.state !== 'COMPLETE' ? (
        <Empty>{say('notComplete')}</Empty>
      ) : isAtLeast(role, 'MEMBER') ? (
        <AuditForm search={search} onStarted={onStarted} />
      ) : (
        <Empty>{say('forMembers', { team: search.team.name })}</Empty>
      )}
    </Panel>
  );
}
