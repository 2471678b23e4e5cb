'use client';

import type { SolutionDetailFragment } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { type CostKey, costAxes } from '../search/cost-axes.ts';
import { formatShare } from '../ui/format.ts';
import styles from './cost-use.module.css';
import type { CostRange } from './slider-scale.ts';
import type { CostRanges } from './use-cost-ranges.ts';
import type { Wish } from './wish.ts';

/** What a network costs, and how much of each bound it uses; where there is none, where in the range it lies. */
export function CostUse({
  network,
  constraints,
  ranges,
}: {
  network: SolutionDetailFragment;
  constraints: Wish['constraints'];
  ranges: CostRanges;
}) {
  const common = useTranslations('common.cost');
  return (
    <dl className={styles.costs}>
      {costAxes.map((axis) => {
        const value = network[axis.key];
        if (value == null) return null;
        return (
          <div key={axis.key}>
            <dt>{common(axis.key)}</dt>
            <dd>
              <strong>{axis.format(value)}</strong>
              <Use
                axis={axis.key}
                value={Number(value)}
                most={constraints[axis.key]?.max ?? undefined}
                range={ranges[axis.key]}
                format={axis.format}
              />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function Use({
  value,
  most,
  range,
  format,
}: {
  axis: CostKey;
  value: number;
  most: number | undefined;
  range: CostRange | undefined;
  format: (value: number) => string;
}) {
  const say = useTranslations('budgets');
  const share =
    most !== undefined
      ? value / most
      : range && range.max > range.min
        ? (value - range.min) / (range.max - range.min)
        : undefined;
  return (
    <>
      <span className={styles.words}>
        {most === undefined
          ? say('unlimited')
          : say('ofBudget', { share: formatShare(value / most), most: format(most) })}
      </span>
      <span
        className={`${styles.bar} ${most === undefined ? styles.open : ''}`}
        aria-hidden
        style={
          { '--share': `${100 * Math.min(1, Math.max(0, share ?? 0))}%` } as React.CSSProperties
        }
      />
    </>
  );
}
