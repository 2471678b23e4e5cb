'use client';

import type { SearchDetail } from '@blockwise/client';
import styles from './cell-card.module.css';

/** Why a cell's job failed. */
export function RetryCell({ job }: { job: SearchDetail['jobs'][number] }) {
  return (
    <div className={styles.failed}>
      {job.failure?.message} {job.failure && <code>{job.failure.code}</code>}
    </div>
  );
}
