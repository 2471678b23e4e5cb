'use client';

import { QueueDocument } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { ApiProblem } from '../api/api-problem.tsx';
import { useApi } from '../api/use-api.ts';
import { Page, Panel, Skeleton } from '../ui/page.tsx';
import { AddTrainer } from './add-trainer.tsx';
import { QueueNow } from './queue-now.tsx';
import { TeamTime } from './team-time.tsx';
import { TrainerList } from './trainer-list.tsx';
import { WaitingJobs } from './waiting-jobs.tsx';

/** The queue grows and shrinks between what trainers tell: by searches that start. */
const queueSeconds = 15;

/** Whether everything works, how much waits and how long, who works on it, and for whom. */
export function TrainersPage() {
  const say = useTranslations('trainers');
  const common = useTranslations('common');
  const { data, error, refetch } = useApi(QueueDocument, {}, { everySeconds: queueSeconds });
  const queue = data?.queue;
  const hasTrainers =
    queue !== undefined &&
    queue.trainers.takingJobs + queue.trainers.draining + queue.trainers.lost > 0;
  return (
    <Page title={say('title')}>
      {error && <ApiProblem error={error} onRetry={refetch} />}
      {queue === undefined && !error && (
        <Panel title={say('now')}>
          <Skeleton lines={5} label={common('loading')} />
        </Panel>
      )}
      {queue && (
        <>
          <QueueNow queue={queue} />
          {!hasTrainers && <AddTrainer isFirst />}
          <TrainerList />
          <WaitingJobs queue={queue} />
          <TeamTime />
          {hasTrainers && <AddTrainer />}
        </>
      )}
    </Page>
  );
}
