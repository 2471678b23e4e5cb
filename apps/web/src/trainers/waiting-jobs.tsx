'use client';

import { type QueueQuery, WaitingJobsDocument } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { ApiProblem } from '../api/api-problem.tsx';
import { usePages } from '../api/use-pages.ts';
import { Button } from '../ui/button.tsx';
import { formatExact } from '../ui/format.ts';
import { Empty, Panel, Skeleton } from '../ui/page.tsx';
import { Scroll } from '../ui/scroll.tsx';
import { Ago } from '../ui/times.tsx';
import { JobName } from './job-name.tsx';
import styles from './trainers.module.css';

const pageSize = 10;

/** What waits: how much by phase, and which jobs of one's own in the order in which they are taken. */
export function WaitingJobs({ queue }: { queue: QueueQuery['queue'] }) {
  const say = useTranslations('trainers');
  const common = useTranslations('common');
  const priority = useTranslations('search.steer.priorities');
  const list = usePages(WaitingJobsDocument, { first: pageSize }, (data) => data.queue.jobs);
  const { items, totalCount, error, more, isReading, again } = list;
  const hidden = queue.waiting - totalCount;
  const waiting = queue.phases.filter((each) => each.waiting > 0);
  return (
    <Panel title={say('waiting.title')}>
      {queue.waiting === 0 && <Empty>{say('waiting.none')}</Empty>}
      {waiting.length > 0 && (
        <ul className={styles.phases} aria-label={say('waiting.byPhase')}>
          {waiting.map(({ phase, waiting: count }) => (
            <li key={phase}>
              {common(`phase.${phase}`)} <strong>{formatExact(count)}</strong>
            </li>
          ))}
        </ul>
      )}
      {error && <ApiProblem error={error} onRetry={again} />}
      {items === undefined && !error && <Skeleton lines={4} label={common('loading')} />}
      {items !== undefined && items.length > 0 && (
        <Scroll label={say('waiting.title')}>
          <table>
            <thead>
              <tr>
                <th scope="col" className="number">
                  {say('waiting.place')}
                </th>
                <th scope="col">{say('waiting.job')}</th>
                <th scope="col">{say('waiting.priority')}</th>
                <th scope="col">{say('waiting.since')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((job, at) => (
                <tr key={job.id}>
                  <td className="number">{at + 1}</td>
                  <td>
                    <JobName job={job} />
                  </td>
                  <td>{job.search ? priority(job.search.priority) : '–'}</td>
                  <td>
                    <Ago at={job.createdAt} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {hidden > 0 && items !== undefined && (
        <p className={styles.note}>{say('waiting.hidden', { count: hidden })}</p>
      )}
      {more && (
        <div className={styles.more}>
          <Button isDisabled={isReading} onPress={more}>
            {common('more')}
          </Button>
        </div>
      )}
    </Panel>
  );
}
