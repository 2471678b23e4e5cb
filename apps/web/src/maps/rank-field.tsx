'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useId, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { formatExact } from '../ui/format.ts';
import styles from './rank-field.module.css';

/** A place in the order of the ratings: typed, or gone through one by one. */
export function RankField({
  rank,
  count,
  onRank,
}: {
  /** From 1; undefined while it is not known. */
  rank: number | undefined;
  count: number;
  onRank: (rank: number) => void;
}) {
  const say = useTranslations('maps.path');
  const id = useId();
  const shown = rank === undefined ? '' : String(rank);
  const [text, setText] = useState(shown);
  useEffect(() => setText(shown), [shown]);
  const take = () => {
    const typed = Number(text);
    if (!Number.isInteger(typed) || typed < 1 || typed > count) setText(shown);
    else if (typed !== rank) onRank(typed);
  };
  const step = (by: number) => rank !== undefined && onRank(rank + by);
  return (
    <span className={styles.rank}>
      <label htmlFor={id}>{say('rank')}</label>
      <Button
        tone="quiet"
        aria-label={say('better')}
        icon={<ChevronLeft aria-hidden />}
        isDisabled={rank === undefined || rank <= 1}
        onPress={() => step(-1)}
      />
      <input
        id={id}
        inputMode="numeric"
        size={Math.max(3, String(count).length)}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => event.key === 'Enter' && take()}
      />
      <span>{say('of', { count: formatExact(count) })}</span>
      <Button
        tone="quiet"
        aria-label={say('worse')}
        icon={<ChevronRight aria-hidden />}
        isDisabled={rank === undefined || rank >= count}
        onPress={() => step(1)}
      />
    </span>
  );
}
