import type { SearchDetail } from '@blockwise/client';
import { jobShare, secondsLeft } from '../live/phase-progress.ts';
import { formatDuration, formatExact, formatLoss } from '../ui/format.ts';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { StateChip } from '../ui/state-chip.tsx';
import styles from './cell-card.module.css';
import { cellName } from './names.ts';

type Cell = SearchDetail['blocks'][number]['cells'][number];

/** One cell: its shape, how far its supernet and its rating are, and its best path. */
export function CellCard({ search, cell }: { search: SearchDetail; cell: Cell }) {
  const jobs = search.jobs.filter((job) => job.cell?.id === cell.id);
  const distil = jobs.find((job) => job.kind === 'DISTIL');
  const rate = jobs.find((job) => job.kind === 'RATE');
  const left = secondsLeft(rate) ?? secondsLeft(distil);
  const attempts = Math.max(distil?.attempt ?? 0, rate?.attempt ?? 0);
  return (
    <div className={styles.card}>
      <div className={styles.head}>
        <strong>{cellName(cell)}</strong>
        <StateChip state={cell.state} />
      </div>
      <div className={styles.note}>
        {cell.layers} {cell.layers === 1 ? 'layer' : 'layers'} × {cell.channels} channels,{' '}
        {formatExact(cell.candidateCount)} paths
      </div>
      <div className={styles.steps}>
        <span>distil</span>
        <ProgressBar share={jobShare(distil)} label={`Distillation of ${cellName(cell)}`} />
        <span>rate</span>
        <ProgressBar share={jobShare(rate)} label={`Rating of ${cellName(cell)}`} />
      </div>
      <div className={styles.note}>
        {cell.best ? (
          <>
            best <code>{cell.best.path}</code> at {formatLoss(cell.best.loss)}
          </>
        ) : (
          <>
            {cell.trainLoss == null
              ? distil?.state === 'RUNNING'
                ? 'distilling'
                : 'waiting'
              : `loss ${formatLoss(cell.trainLoss)}`}
            {left !== undefined && `, ${formatDuration(left)} left`}
          </>
        )}
        {attempts > 1 && `, attempt ${attempts}`}
      </div>
    </div>
  );
}
