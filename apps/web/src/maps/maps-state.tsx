'use client';

import { ClientError, type FeatureMapsDetailFragment } from '@blockwise/client';
import { RotateCcw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { ApiProblem } from '../api/api-problem.tsx';
import { happening } from '../pipeline/happening.ts';
import { useSearch } from '../search/search-frame.tsx';
import { Button } from '../ui/button.tsx';
import { Empty, Problem, Skeleton } from '../ui/page.tsx';
import { StateChip } from '../ui/state-chip.tsx';
import styles from './maps-state.module.css';
import type { Maps } from './use-maps.ts';

/** What stands where maps will be: that they are read or made, or why there are none. */
export function MapsState({
  maps,
  onChoose,
}: {
  maps: Maps;
  /** Chooses maps that are stored. */
  onChoose: (stored: FeatureMapsDetailFragment) => void;
}) {
  const say = useTranslations('maps.state');
  const common = useTranslations('common');
  const { search } = useSearch();
  switch (maps.kind) {
    case 'reading':
    case 'made':
      return <Skeleton lines={4} label={common('loading')} />;
    case 'making': {
      const { running } = happening(search);
      const { job } = maps;
      return (
        <div role="status" className={styles.making}>
          <StateChip state={job.isRunning ? 'RUNNING' : 'QUEUED'} />
          <span>
            {job.isRunning
              ? say(job.attempt > 1 ? 'runningAgain' : 'running', { attempt: String(job.attempt) })
              : running > 0
                ? say('waitingBehind', { count: running })
                : say('waiting')}{' '}
            {job.note}
          </span>
        </div>
      );
    }
    case 'failed':
      return (
        <Problem>
          <div className={styles.failed}>
            <span>
              {maps.code === 'ARTIFACT_MISSING' ? say('weightsGone') : say('failed')} {maps.message}{' '}
              {maps.code && <code>{maps.code}</code>}
            </span>
            {maps.again && (
              <Button icon={<RotateCcw aria-hidden />} onPress={maps.again}>
                {common('again')}
              </Button>
            )}
          </div>
        </Problem>
      );
    case 'unasked':
      return <Unasked stored={maps.stored} onChoose={onChoose} />;
    case 'error': {
      const { error, again } = maps;
      if (error instanceof ClientError && error.code === 'ARTIFACT_MISSING') {
        return <Problem>{say('mapsGone')}</Problem>;
      }
      return <ApiProblem error={error} onRetry={again} />;
    }
    default:
      return maps satisfies never;
  }
}

function Unasked({
  stored,
  onChoose,
}: {
  stored: readonly FeatureMapsDetailFragment[];
  onChoose: (stored: FeatureMapsDetailFragment) => void;
}) {
  const say = useTranslations('maps.state');
  const own = stored.filter(({ samples }) => samples.length === 1);
  return (
    <div>
      <Empty>{own.length > 0 ? say('mayNotSome') : say('mayNot')}</Empty>
      <ul className={styles.stored}>
        {own.map((row) => (
          <li key={row.id}>
            <Button tone="quiet" onPress={() => onChoose(row)}>
              <code>{row.path}</code> {say('sample', { number: String((row.samples[0] ?? 0) + 1) })}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
