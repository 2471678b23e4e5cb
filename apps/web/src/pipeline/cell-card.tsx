'use client';

import type { SearchDetail } from '@blockwise/client';
import { Star } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { type ReactNode, useSyncExternalStore } from 'react';
import { jobShare, secondsLeft } from '../live/phase-progress.ts';
import { LayerChips } from '../search/layer-chips.tsx';
import { useSearch } from '../search/search-frame.tsx';
import { searchPath } from '../search/search-path.ts';
import { useNames } from '../search/use-names.ts';
import { formatExact, formatLoss } from '../ui/format.ts';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { StateChip } from '../ui/state-chip.tsx';
import { Seconds } from '../ui/times.tsx';
import styles from './cell-card.module.css';
import { RetryCell } from './retry-cell.tsx';
import { Sparkline } from './sparkline.tsx';

type Cell = SearchDetail['blocks'][number]['cells'][number];
type Job = SearchDetail['jobs'][number];

/** One cell: its shape, how far its supernet and its rating are, on which trainer, and its best path. */
export function CellCard({
  cell,
  isChosen,
  children,
}: {
  cell: Cell;
  isChosen: boolean;
  /** More about its best path. */
  children?: ReactNode;
}) {
  const say = useTranslations('pipeline');
  const names = useNames();
  const { search, curves } = useSearch();
  const jobs = search.jobs.filter((job) => job.cell?.id === cell.id);
  const distil = jobs.find((job) => job.kind === 'DISTIL');
  const rate = jobs.find((job) => job.kind === 'RATE');
  const loss = useSyncExternalStore(
    curves.subscribe,
    () => (distil === undefined ? undefined : curves.get(distil.id, 'loss')),
    () => undefined,
  );
  const name = names.cell(cell);
  const failed = jobs.find(({ state }) => state === 'FAILED');
  return (
    <article className={`${styles.card} ${isChosen ? styles.chosen : ''}`} aria-label={name}>
      <div className={styles.head}>
        <Link href={searchPath(search.id, 'cells', cell.id)}>{name}</Link>
        {isChosen && (
          <span className={styles.star} title={say('inBest')}>
            <Star aria-hidden />
            <span className="visually-hidden">{say('inBest')}</span>
          </span>
        )}
        <StateChip state={cell.state} />
      </div>
      <div className={styles.note}>
        {say('cellShape', {
          layers: cell.layers,
          channels: String(cell.channels),
          paths: formatExact(cell.candidateCount),
        })}
      </div>
      {loss !== undefined && <Sparkline curve={loss} label={say('lossOf', { name })} />}
      <div className={styles.steps}>
        <Step name={say('distil')} label={say('distilOf', { name })} job={distil} />
        <Step name={say('rate')} label={say('rateOf', { name })} job={rate} />
      </div>
      <Doing job={[rate, distil].find((job) => job?.state === 'RUNNING')} />
      {cell.best ? (
        <div className={styles.best}>
          <LayerChips layers={cell.best.layers} />
          <span className={styles.note}>
            {say('bestLoss', { loss: formatLoss(cell.best.loss) })}
          </span>
          {children}
        </div>
      ) : (
        cell.trainLoss != null && (
          <span className={styles.note}>
            {say('lastLoss', { loss: formatLoss(cell.trainLoss) })}
          </span>
        )
      )}
      {failed && <RetryCell job={failed} />}
    </article>
  );
}

function Step({ name, label, job }: { name: string; label: string; job: Job | undefined }) {
  return (
    <>
      <span>{name}</span>
      <ProgressBar share={jobShare(job)} label={label} />
    </>
  );
}

/** Who works on it, since which attempt, how fast and for how long yet. */
function Doing({ job }: { job: Job | undefined }) {
  const say = useTranslations('pipeline');
  if (job === undefined) return null;
  const run = job.runs.find(({ state }) => state === 'RUNNING');
  const left = secondsLeft(job);
  return (
    <div className={styles.note} data-volatile>
      {run && `${run.trainer} · ${run.engine.toLowerCase()}`}
      {job.progress?.perSecond != null &&
        ` · ${say('perSecond', { count: job.progress.perSecond.toPrecision(3), unit: job.progress.unit })}`}
      {left !== undefined && (
        <>
          {' · '}
          <Seconds value={left} />
        </>
      )}
      {job.attempt > 1 && ` · ${say('attempt', { attempt: String(job.attempt) })}`}
    </div>
  );
}
