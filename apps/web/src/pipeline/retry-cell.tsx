'use client';

import { RetryJobDocument, type SearchDetail } from '@blockwise/client';
import { RotateCcw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useChange } from '../api/use-api.ts';
import { ForMembers } from '../search/for-members.tsx';
import { useSearch } from '../search/search-frame.tsx';
import { Button } from '../ui/button.tsx';
import styles from './cell-card.module.css';

/** Why a job of a cell failed, and another try of it: what was finished is not done again. */
export function RetryCell({ job }: { job: SearchDetail['jobs'][number] }) {
  const say = useTranslations('pipeline');
  const { search, followAgain } = useSearch();
  const retry = useChange(RetryJobDocument);
  const again = async () => {
    await retry.mutateAsync({ input: { job: job.id } });
    // Its events had ended with the search.
    followAgain();
  };
  return (
    <div className={styles.failed}>
      <span>
        {job.failure?.message} {job.failure && <code>{job.failure.code}</code>}
      </span>
      {search.state === 'FAILED' && (
        <ForMembers>
          <Button
            icon={<RotateCcw aria-hidden />}
            isDisabled={retry.isPending}
            onPress={() => again().catch(() => undefined)}
          >
            {say('retry')}
          </Button>
        </ForMembers>
      )}
    </div>
  );
}
