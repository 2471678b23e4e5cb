import type { SearchDetail } from '@blockwise/client';
import { jobShare, phaseShare, phasesOf } from '../live/phase-progress.ts';
import { formatWord } from '../ui/format.ts';
import { Panel } from '../ui/page.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { CellCard } from './cell-card.tsx';
import styles from './pipeline-panel.module.css';

/** The search as one picture: phases in their order, the teacher, and under it the cells of every block. */
export function PipelinePanel({ search }: { search: SearchDetail }) {
  const teacherJob = search.jobs.find((job) => job.kind === 'TEACHER');
  return (
    <Panel title="Pipeline">
      <ol className={styles.phases}>
        {phasesOf(search).map((phase) => (
          <li key={phase} className={search.phase === phase ? styles.current : undefined}>
            <span>{formatWord(phase)}</span>
            <ProgressBar share={phaseShare(search, phase)} label={`${formatWord(phase)} phase`} />
          </li>
        ))}
      </ol>
      <div className={styles.teacher}>
        <strong>Teacher</strong>
        <span className={styles.note}>
          {teacherJob?.state === 'RUNNING' && teacherJob.progress
            ? `${teacherJob.progress.note ?? 'training'}: ${Math.round(teacherJob.progress.done)} of ${Math.round(teacherJob.progress.total)} ${teacherJob.progress.unit}`
            : search.teacher?.cuts
                .map((cut) => `${cut.size}×${cut.size}×${cut.channels}`)
                .join(' → ')}
        </span>
        <ProgressBar share={jobShare(teacherJob)} label="Teacher" />
      </div>
      <div className={styles.blocks}>
        {search.blocks.map((block) => (
          <div key={block.index} className={styles.block}>
            <h3>Block {block.index}</h3>
            {block.cells.map((cell) => (
              <CellCard key={cell.id} search={search} cell={cell} />
            ))}
          </div>
        ))}
      </div>
    </Panel>
  );
}
