'use client';

import { useTranslations } from 'next-intl';
import { jobShare } from '../live/phase-progress.ts';
import { useSearch } from '../search/search-frame.tsx';
import { formatShare } from '../ui/format.ts';
import { ProgressBar } from '../ui/progress-bar.tsx';
import styles from './teacher-strip.module.css';

/** What goes into the teacher: images of the data set, and its stem. */
export function TeacherStart() {
  const say = useTranslations('pipeline');
  const { search } = useSearch();
  const job = search.jobs.find(({ kind }) => kind === 'TEACHER');
  const { dataset } = search;
  return (
    <div className={styles.part}>
      <strong>{say('teacher')}</strong>
      <span className={styles.note}>
        {job?.state === 'RUNNING' && job.progress
          ? `${Math.round(job.progress.done)} / ${Math.round(job.progress.total)} ${job.progress.unit}`
          : dataset
            ? say('images', { size: String(dataset.size) })
            : say('notRead')}
      </span>
      <ProgressBar share={jobShare(job)} label={say('teacher')} />
    </div>
  );
}

/** One block of the teacher: the shape of the features that go into it and come out of it. */
export function BlockHead({ block }: { block: number }) {
  const say = useTranslations('pipeline');
  const common = useTranslations('common');
  const { search } = useSearch();
  const cuts = search.teacher?.cuts;
  const into = cuts?.[block - 1];
  const out = cuts?.[block];
  return (
    <div className={`${styles.part} ${styles.block}`}>
      <strong>{common('block', { block: String(block) })}</strong>
      <span className={styles.note}>
        {into && out ? (
          <>
            {shape(into)} <span aria-hidden>→</span>
            <span className="visually-hidden">{say('becomes')}</span> {shape(out)}
          </>
        ) : (
          say('notCut')
        )}
      </span>
    </div>
  );
}

/** What comes out of the teacher: its accuracy, which the found networks are held against. */
export function TeacherEnd() {
  const say = useTranslations('pipeline');
  const { search } = useSearch();
  const top1 = search.teacher?.top1;
  return (
    <div className={`${styles.part} ${styles.block}`}>
      <strong>{say('head')}</strong>
      <span className={styles.note}>
        {top1 == null ? say('notTested') : say('teacherTop1', { top1: formatShare(top1) })}
      </span>
    </div>
  );
}

function shape({ size, channels }: { size: number; channels: number }): string {
  return `${size}×${size}×${channels}`;
}
