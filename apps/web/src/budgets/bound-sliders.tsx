'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { type CostAxis, costAxes } from '../search/cost-axes.ts';
import { Range } from '../ui/range.tsx';
import { AmountField } from './amount-field.tsx';
import styles from './bound-sliders.module.css';
import { boundAt, type CostRange, mostPosition, positionOf } from './slider-scale.ts';
import type { CostRanges } from './use-cost-ranges.ts';
import { type Side, type Wish, withBound } from './wish.ts';

const usual = ['params', 'macs', 'latencyMs'];

/** A slider for every bound, with a field for the exact value. */
export function BoundSliders({
  wish,
  ranges,
  hasMinima,
  hasMore,
  latency,
  onChange,
}: {
  wish: Wish;
  ranges: CostRanges;
  hasMinima: boolean;
  hasMore: boolean;
  /** Stands in place of the latency's slider while no table is measured. */
  latency: ReactNode;
  onChange: (wish: Wish) => void;
}) {
  const sides: readonly Side[] = hasMinima ? ['max', 'min'] : ['max'];
  const shown = costAxes.filter(
    ({ key }) => hasMore || usual.includes(key) || wish.constraints[key] !== undefined,
  );
  return (
    <div className={styles.axes}>
      {shown.map((axis) => {
        const range = ranges[axis.key];
        if (axis.key === 'latencyMs' && range === undefined) {
          return <div key={axis.key}>{latency}</div>;
        }
        return (
          <div key={axis.key} className={styles.axis}>
            {sides.map((side) => (
              <BoundSlider
                key={side}
                axis={axis}
                side={side}
                range={range}
                value={wish.constraints[axis.key]?.[side] ?? undefined}
                onChange={(value) => onChange(withBound(wish, axis.key, side, value))}
              />
            ))}
            {range && (
              <div className={styles.ends} aria-hidden>
                <span>{axis.format(range.min)}</span>
                <span>{axis.format(range.max)}</span>
              </div>
            )}
          </div>
        );
      })}
    </div>
  );
}

function BoundSlider({
  axis,
  side,
  range,
  value,
  onChange,
}: {
  axis: CostAxis;
  side: Side;
  range: CostRange | undefined;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
}) {
  const say = useTranslations('budgets');
  const common = useTranslations('common');
  const label = say(side === 'max' ? 'atMost' : 'atLeast', { cost: common(`cost.${axis.key}`) });
  return (
    <Range
      label={label}
      value={range ? positionOf(value, side, range) : 0}
      words={value === undefined ? say('noLimit') : axis.format(value)}
      least={0}
      most={mostPosition}
      step={1}
      isDisabled={range === undefined}
      field={
        <AmountField
          label={say('typed', { bound: label })}
          value={value}
          unit={axis.unit}
          placeholder={say('noLimit')}
          wrong={say('wrongAmount')}
          isDisabled={range === undefined}
          // A maximum of nothing is no budget.
          onChange={(typed) => onChange(side === 'max' && typed === 0 ? undefined : typed)}
        />
      }
      onChange={(position) => {
        if (range) onChange(boundAt(position, side, range, axis.isWhole));
      }}
    />
  );
}
