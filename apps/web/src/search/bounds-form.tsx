'use client';

import type { SearchCostsQuery } from '@blockwise/client';
import { useId } from 'react';
import styles from './bounds-form.module.css';
import { type CostAxis, costAxes } from './cost-axes.ts';
import type { readBudget, Side, TypedBounds } from './read-budget.ts';

type Costs = NonNullable<SearchCostsQuery['search']>['space']['costs'];

/** Bounds on every cost, with the range that the space offers under each. */
export function BoundsForm({
  typed,
  sides,
  wrong,
  costs,
  hasLatency,
  onChange,
}: {
  typed: TypedBounds;
  sides: readonly Side[];
  wrong: ReturnType<typeof readBudget>['wrong'];
  costs: Costs | undefined;
  hasLatency: boolean;
  onChange: (typed: TypedBounds) => void;
}) {
  return (
    <div className={styles.axes}>
      {costAxes.map((axis) => (
        <div key={axis.key} className={styles.axis}>
          {sides.map((side) => (
            <Field
              key={side}
              axis={axis}
              side={side}
              value={typed[axis.key]?.[side] ?? ''}
              isWrong={wrong.some((each) => each.key === axis.key && each.side === side)}
              isOff={axis.key === 'latencyMs' && !hasLatency}
              onChange={(value) =>
                onChange({ ...typed, [axis.key]: { ...typed[axis.key], [side]: value } })
              }
            />
          ))}
          <span className={styles.note}>{rangeOf(axis, costs, hasLatency)}</span>
        </div>
      ))}
    </div>
  );
}

function rangeOf({ key, format }: CostAxis, costs: Costs | undefined, hasLatency: boolean): string {
  if (key === 'latencyMs') return hasLatency ? 'by the newest table' : 'no table is measured';
  return costs === undefined ? '' : `${format(costs[key].min)} to ${format(costs[key].max)}`;
}

function Field({
  axis,
  side,
  value,
  isWrong,
  isOff,
  onChange,
}: {
  axis: CostAxis;
  side: Side;
  value: string;
  isWrong: boolean;
  isOff: boolean;
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id} title={axis.about}>
        {axis.name} {side === 'max' ? 'at most' : 'at least'}
      </label>
      <input
        id={id}
        inputMode="decimal"
        autoComplete="off"
        placeholder="no limit"
        disabled={isOff}
        value={value}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? `${id}-wrong` : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      {isWrong && (
        <span id={`${id}-wrong`} className={styles.wrong}>
          a number such as 300k or 1.2M
        </span>
      )}
    </div>
  );
}
