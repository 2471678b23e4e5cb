'use client';

import { ClientError, type FeatureMapsDetailFragment, QueueDocument } from '@blockwise/client';
import { RotateCcw } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { ApiProblem } from '../api/api-problem.tsx';
import { useApi } from '../api/use-api.ts';
import { Button } from '../ui/button.tsx';
import { Empty, Problem, Skeleton } from '../ui/page.tsx';
import { StateChip } from '../ui/state-chip.tsx';
import styles from './maps-state.module.css';
import type { Maps } from './use-maps.ts';

/** The queue is looked at so often. */
const queueSeconds = 5;

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
  switch (maps.kind) {
    case 'reading':
    case 'made':
      return <Skeleton lines={4} label={common('loading')} />;
    case 'making': {
      const { isRunning, attempt, note } = maps.job;
      return (
        <div role="status" className={styles.making}>
          <StateChip state={isRunning ? 'RUNNING' : 'QUEUED'} />
          {isRunning ? (
            <span>
              {say(attempt > 1 ? 'runningAgain' : 'running', { attempt: String(attempt) })} {note}
            </span>
          ) : (
            <Waiting />
          )}
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

/** What a job waits for. */
function Waiting() {
  const say = useTranslations('maps.state');
  const { data } = useApi(QueueDocument, {}, { everySeconds: queueSeconds });
  if (data === undefined) return say('waiting');
  const { waiting, trainers } = data.queue;
  if (trainers.takingJobs === 0) {
    return (
      <span>
        {say('noTrainer')} <Link href="/trainers">{say('trainers')}</Link>
      </span>
    );
  }
  const isBusy = trainers.busySlots >= trainers.slots;
  return isBusy ? say('busy', { slots: trainers.slots, waiting }) : say('waiting');
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
