import { formatCorrelation } from '../ui/format.ts';
import styles from './estimate.module.css';

export interface EstimateShown {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** A correlation with its 95% interval: as numbers, and as a bar on a line from −1 to 1. */
export function Estimate({ of: { value, low, high } }: { of: EstimateShown }) {
  if (value === null) return <span className={styles.interval}>–</span>;
  return (
    <span className={styles.estimate}>
      <span>
        <strong>{formatCorrelation(value)}</strong>
        {low !== null && high !== null && (
          <span className={styles.interval}>
            {' '}
            {formatCorrelation(low)} to {formatCorrelation(high)}
          </span>
        )}
      </span>
      <span className={styles.line} aria-hidden="true">
        {low !== null && high !== null && (
          <span
            className={styles.bar}
            style={{ left: place(low), right: `calc(100% - ${place(high)})` }}
          />
        )}
        <span className={styles.dot} style={{ left: place(value) }} />
      </span>
    </span>
  );
}

/** Where a correlation stands on the line. */
function place(value: number): string {
  return `${50 * (1 + value)}%`;
}
