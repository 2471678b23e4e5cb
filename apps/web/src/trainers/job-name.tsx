'use client';

import type { TrainerJobFragment } from '@blockwise/client';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { searchPath } from '../search/search-path.ts';
import { useNames } from '../search/use-names.ts';
import styles from './trainers.module.css';

/** What a job does, and of which search; leads to where it is seen. */
export function JobName({ job }: { job: TrainerJobFragment }) {
  const phase = useTranslations('common.phase');
  const names = useNames();
  const { search, cell, network, kind } = job;
  const what = [phase(kind), ...(cell ? [names.cell(cell)] : [])].join(' · ');
  if (search == null) return <span>{what}</span>;
  const below = cell ? ['cells', cell.id] : network ? ['networks', network.id] : [];
  return (
    <span className={styles.jobName}>
      <Link href={searchPath(search.id)}>{search.name}</Link>
      {' · '}
      {below.length === 0 ? what : <Link href={searchPath(search.id, ...below)}>{what}</Link>}
    </span>
  );
}
