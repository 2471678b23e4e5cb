import type { SearchDetail } from '@blockwise/client';
import { formatShare, formatShareSpread } from '../ui/format.ts';
import styles from './tested-top1.module.css';

type Tested = Pick<SearchDetail['networks'][number], 'top1' | 'top1Deviation'> & {
  readonly retrainings: readonly { readonly seed: number; readonly top1: number | null }[];
};

/** Least and greatest accuracy of all trainings of some networks: their strips share it. */
export function testedRange(networks: readonly Tested[]): readonly [number, number] {
  const values = networks.flatMap(({ retrainings }) =>
    retrainings.flatMap(({ top1 }) => (top1 == null ? [] : [top1])),
  );
  return [Math.min(...values), Math.max(...values)];
}

/** Mean and deviation over seeds, and under them every seed's accuracy on one scale with its neighbours. */
export function TestedTop1({
  network: { top1, top1Deviation, retrainings },
  range: [low, high],
}: {
  network: Tested;
  range: readonly [number, number];
}) {
  const tested = retrainings.flatMap(({ seed, top1: value }) =>
    value == null ? [] : [{ seed, value }],
  );
  if (tested.length === 0) return '–';
  const told = tested.map(({ seed, value }) => `seed ${seed}: ${formatShare(value)}`).join('\n');
  return (
    <span className={styles.tested} title={told}>
      {top1 == null
        ? `${tested.length} of ${retrainings.length} tested`
        : formatShareSpread(top1, top1Deviation)}
      {retrainings.length > 1 && (
        <span className={styles.strip} role="img" aria-label={told.replaceAll('\n', ', ')}>
          {tested.map(({ seed, value }) => (
            <span
              key={seed}
              className={styles.seed}
              style={{ left: `${high > low ? (100 * (value - low)) / (high - low) : 50}%` }}
            />
          ))}
        </span>
      )}
    </span>
  );
}
