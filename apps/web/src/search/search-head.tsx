'use client';

import { CancelSearchDocument } from '@blockwise/client';
import { useState } from 'react';
import { useClient } from '../api/api-provider.tsx';
import type { SearchDetail } from '../live/apply-event.ts';
import { formatCount, formatExact, formatShare, formatSpan } from '../ui/format.ts';
import { Problem } from '../ui/page.tsx';
import { StateChip } from '../ui/state-chip.tsx';
import styles from './search-head.module.css';

/** Name, state and the facts that everything below rests on. */
export function SearchHead({ search }: { search: SearchDetail }) {
  const { dataset, teacher } = search;
  return (
    <div className={styles.head}>
      <div className={styles.title}>
        <h1>{search.name}</h1>
        <StateChip state={search.state} />
        <CancelButton search={search} />
      </div>
      {search.failure && (
        <Problem>
          {search.failure.message} <code>{search.failure.code}</code>
        </Problem>
      )}
      <dl className={styles.facts}>
        <Fact name="Networks in the space" value={formatExact(search.spaceSize)} />
        <Fact
          name="Data set"
          value={
            dataset
              ? `${formatExact(dataset.trainCount)} + ${formatExact(dataset.testCount)} images, ${dataset.classes.length} classes, ${dataset.size}×${dataset.size}`
              : 'not read yet'
          }
        />
        <Fact
          name="Teacher’s top-1"
          value={
            teacher
              ? `${formatShare(teacher.top1)} with ${formatCount(teacher.params)} params`
              : 'not trained yet'
          }
        />
        <Fact name="Took" value={formatSpan(search.startedAt, search.finishedAt)} />
      </dl>
      {dataset && dataset.rejected.length > 0 && (
        <p>
          {dataset.rejected.length} files do not decode and were left out:{' '}
          {dataset.rejected.map((file) => file.file).join(', ')}
        </p>
      )}
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** Asks once before it cancels. */
function CancelButton({ search }: { search: SearchDetail }) {
  const client = useClient();
  const [error, setError] = useState<string>();
  if (search.state !== 'QUEUED' && search.state !== 'RUNNING') return null;
  const cancel = async () => {
    if (!window.confirm(`Cancel “${search.name}”? Finished results stay.`)) return;
    try {
      await client.request(CancelSearchDocument, { input: { search: search.id } });
    } catch (reason) {
      setError(reason instanceof Error ? reason.message : String(reason));
    }
  };
  return (
    <>
      <button type="button" className={styles.cancel} onClick={cancel}>
        Cancel search
      </button>
      {error && <Problem>{error}</Problem>}
    </>
  );
}
