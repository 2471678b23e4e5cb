import type { ReactNode } from 'react';
import styles from './chip.module.css';

export type ChipTone = 'wait' | 'run' | 'good' | 'bad' | 'warn';

/** A word on a colour; the word alone carries the meaning. */
export function Chip({
  tone,
  title,
  children,
}: {
  tone: ChipTone;
  title?: string;
  children: ReactNode;
}) {
  return (
    <span className={`${styles.chip} ${styles[tone]}`} title={title}>
      {children}
    </span>
  );
}
