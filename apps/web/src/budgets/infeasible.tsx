'use client';

import { ClientError } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { ApiProblem } from '../api/api-problem.tsx';
import { costAxes } from '../search/cost-axes.ts';
import { Button } from '../ui/button.tsx';
import { Problem } from '../ui/page.tsx';
import styles from './infeasible.module.css';
import { type Side, type Wish, withBound } from './wish.ts';

/** Why a budget has no network: the bound that is missed and by how much, and the nearest that can be met. */
export function Infeasible({
  error,
  wish,
  onChange,
}: {
  error: Error;
  wish: Wish;
  onChange: (wish: Wish) => void;
}) {
  const say = useTranslations('budgets');
  const common = useTranslations('common.cost');
  const missed = missedBound(error);
  if (missed === undefined) return <ApiProblem error={error} />;
  const { axis, side, nearest } = missed;
  const bound = wish.constraints[axis.key]?.[side] ?? 0;
  const value = reachable(nearest, side, axis.isWhole);
  return (
    <Problem>
      <div className={styles.row}>
        <span>
          {say(side === 'max' ? 'missedMax' : 'missedMin', {
            cost: common(axis.key),
            nearest: axis.format(nearest),
            missed: axis.format(Math.abs(nearest - bound)),
            bound: axis.format(bound),
          })}
        </span>
        <Button onPress={() => onChange(withBound(wish, axis.key, side, value))}>
          {say('useNearest', { value: axis.format(value) })}
        </Button>
      </div>
    </Problem>
  );
}

function missedBound(error: Error) {
  if (!(error instanceof ClientError) || error.nearest === undefined) return undefined;
  const [, key, side] = error.path;
  const axis = costAxes.find((each) => each.key === key);
  if (axis === undefined || (side !== 'min' && side !== 'max')) return undefined;
  return { axis, side: side as Side, nearest: error.nearest };
}

/** Times are sums of fractions: what is written of one must not fall short of it. */
function reachable(value: number, side: Side, isWhole: boolean): number {
  if (isWhole) return value;
  const round = side === 'max' ? Math.ceil : Math.floor;
  return round(value * 1e4) / 1e4;
}
