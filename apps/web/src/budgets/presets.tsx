'use client';

import { useTranslations } from 'next-intl';
import { costAxes } from '../search/cost-axes.ts';
import { Button } from '../ui/button.tsx';
import styles from './presets.module.css';
import { boundAt, mostPosition } from './slider-scale.ts';
import type { CostRanges } from './use-cost-ranges.ts';
import { anyNetwork, type Wish } from './wish.ts';

/** Shares of the range of macs: what a small, a usual and a large phone can be asked to do. */
const phones = { tight: 0.25, middle: 0.5, ample: 0.75 } as const;
const axis = costAxes.find(({ key }) => key === 'macs');

/** Budgets to begin with. */
export function Presets({
  wish,
  ranges,
  onChange,
}: {
  wish: Wish;
  ranges: CostRanges;
  onChange: (wish: Wish) => void;
}) {
  const say = useTranslations('budgets.preset');
  const { macs } = ranges;
  const begin = (constraints: Wish['constraints']) => onChange({ ...wish, place: 1, constraints });
  return (
    <fieldset className={styles.presets}>
      <legend>{say('title')}</legend>
      {Object.entries(phones).map(([name, share]) => {
        const max = macs && boundAt(share * mostPosition, 'max', macs, true);
        return (
          <Button
            key={name}
            isDisabled={max === undefined}
            onPress={() => max !== undefined && begin({ macs: { max } })}
          >
            {say(name as keyof typeof phones)}
            {max !== undefined && <span className={styles.most}>{axis?.format(max)}</span>}
          </Button>
        );
      })}
      <Button tone="quiet" onPress={() => begin(anyNetwork.constraints)}>
        {say('none')}
      </Button>
      <p className={styles.about}>{say('about')}</p>
    </fieldset>
  );
}
