import type { Curve } from '../live/curve-store.ts';
import { sparkPath } from './spark-path.ts';
import styles from './sparkline.module.css';

const width = 160;
const height = 30;

/** A loss as it falls, small: logarithmic, from its greatest to its least value. */
export function Sparkline({ curve, label }: { curve: Curve; label: string }) {
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      className={styles.spark}
      role="img"
      aria-label={label}
    >
      <path d={sparkPath(curve, width, height)} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
