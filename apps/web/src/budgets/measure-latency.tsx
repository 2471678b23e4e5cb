'use client';

import { MeasureLatencyDocument, type SearchDetail } from '@blockwise/client';
import { Timer } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { useChange } from '../api/use-api.ts';
import { newKey } from '../audit/new-key.ts';
import { ForMembers } from '../search/for-members.tsx';
import { Button } from '../ui/button.tsx';
import { tell } from '../ui/toasts.tsx';
import styles from './measure-latency.module.css';

/** In place of the latency's slider: asks for a table of measured times, or says that one is under way. */
export function MeasureLatency({
  search,
  onAsked,
}: {
  search: Pick<SearchDetail, 'id' | 'state' | 'latencyTables'>;
  onAsked: () => void;
}) {
  const say = useTranslations('budgets.latency');
  const measure = useChange(MeasureLatencyDocument);
  // Pressed again after a lost answer, it measures once all the same.
  const key = useRef(newKey());
  const isUnderWay = measure.isSuccess || search.latencyTables.length > 0;
  return (
    <div className={styles.measure}>
      <span className={styles.label}>{say('title')}</span>
      {isUnderWay ? (
        <p role="status">{say('underWay')}</p>
      ) : (
        <>
          <p>{say('none')}</p>
          <ForMembers>
            <Button
              icon={<Timer aria-hidden />}
              isDisabled={measure.isPending || search.state !== 'COMPLETE'}
              onPress={() =>
                measure.mutate(
                  { input: { search: search.id, idempotencyKey: key.current } },
                  {
                    onSuccess: () => {
                      tell({ text: say('asked'), tone: 'good' });
                      onAsked();
                    },
                  },
                )
              }
            >
              {say('measure')}
            </Button>
          </ForMembers>
        </>
      )}
    </div>
  );
}
