'use client';

import type { SearchDetail } from '@blockwise/client';
import { AuditNetworksDocument, CancelAuditDocument } from '@blockwise/client';
import { useState } from 'react';
import { useClient } from '../api/api-provider.tsx';
import { useAnswer } from '../api/use-answer.ts';
import { sharedRecipe } from '../search/recipe-line.ts';
import { Empty, Problem } from '../ui/page.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { StateChip } from '../ui/state-chip.tsx';
import { AuditPictures } from './audit-pictures.tsx';
import { trainingsEnded } from './audit-progress.ts';
import { AuditReport } from './audit-report.tsx';
import styles from './audit-view.module.css';

type Audit = SearchDetail['audits'][number];

/** One audit: how far it is, its pictures, and what they say in numbers. */
export function AuditView({ search, audit }: { search: SearchDetail; audit: Audit }) {
  const client = useClient();
  // Read again whenever a training has ended.
  const question = `${audit.id} ${audit.state} ${trainingsEnded(search.jobs)}`;
  const { value, error } = useAnswer(question, (signal) =>
    client.request(AuditNetworksDocument, { id: audit.id }, { signal }),
  );
  if (error) return <Problem>{error.message}</Problem>;
  if (value?.audit == null) return <Empty>Loading…</Empty>;
  const { networks } = value.audit;
  const tested = networks.filter(({ top1 }) => top1 != null).length;
  const trainings = networks.flatMap(({ retrainings }) => retrainings);
  const isUnderWay = audit.state === 'QUEUED' || audit.state === 'RUNNING';
  return (
    <div className={styles.audit}>
      <div className={styles.head}>
        <StateChip state={audit.state} />
        <span>
          {tested} of {networks.length} networks tested
        </span>
        <span className={styles.note}>{sharedRecipe(trainings)}</span>
        {isUnderWay && <CancelButton audit={audit} />}
      </div>
      {isUnderWay && (
        <ProgressBar
          share={tested / Math.max(1, networks.length)}
          label={`Tested networks of ${audit.name}`}
        />
      )}
      {audit.failure && (
        <Problem>
          {audit.failure.message} <code>{audit.failure.code}</code>
        </Problem>
      )}
      {tested > 0 ? (
        <>
          <AuditPictures networks={networks} />
          <AuditReport audit={value.audit} />
        </>
      ) : (
        <Empty>No network has been tested yet.</Empty>
      )}
    </div>
  );
}

/** Asks once before it cancels. */
function CancelButton({ audit }: { audit: Audit }) {
  const client = useClient();
  const [error, setError] = useState<string>();
  const cancel = async () => {
    if (!window.confirm(`Cancel “${audit.name}”? What was trained stays.`)) return;
    try {
      await client.request(CancelAuditDocument, { input: { audit: audit.id } });
    } catch (reason) {
      setError(reason instanceof Error ? reason.message : String(reason));
    }
  };
  return (
    <>
      <button type="button" className={styles.cancel} onClick={cancel}>
        Cancel audit
      </button>
      {error && <Problem>{error}</Problem>}
    </>
  );
}
