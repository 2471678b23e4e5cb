import type { EntryState } from '@blockwise/client';
import styles from './entry-mark.module.css';

/** The mark of an entry by its state, told apart by shape: filled, ring, diamond, cross. Drawn around 0, 0. */
export function EntryMark({ state, radius }: { state: EntryState; radius: number }) {
  const r = radius;
  switch (state) {
    case 'VERIFIED':
      return <circle r={r} className={styles.full} />;
    case 'UNVERIFIED':
      return <circle r={r - 0.5} className={styles.ring} />;
    case 'VERIFYING':
      return <path d={`M0 ${-r - 1}L${r + 1} 0L0 ${r + 1}L${-r - 1} 0Z`} className={styles.ring} />;
    case 'REJECTED':
    case 'WITHDRAWN':
      return <path d={`M${-r} ${-r}L${r} ${r}M${-r} ${r}L${r} ${-r}`} className={styles.cross} />;
    default:
      return state satisfies never;
  }
}
