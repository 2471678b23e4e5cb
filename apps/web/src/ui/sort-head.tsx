'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import styles from './sort-head.module.css';

export type Direction = 'ASC' | 'DESC';

/** A column's head that sorts by it; again, and it sorts the other way round. */
export function SortHead({
  name,
  about,
  isNumber = false,
  direction,
  first = 'ASC',
  onSort,
}: {
  name: string;
  about?: string;
  isNumber?: boolean;
  /** Undefined where the list is not sorted by it. */
  direction: Direction | undefined;
  /** How it is sorted when it is chosen. */
  first?: Direction;
  onSort: (direction: Direction) => void;
}) {
  const say = useTranslations('common.sort');
  const next = direction === undefined ? first : direction === 'ASC' ? 'DESC' : 'ASC';
  return (
    <th
      scope="col"
      className={isNumber ? 'number' : undefined}
      aria-sort={
        direction === undefined ? 'none' : direction === 'ASC' ? 'ascending' : 'descending'
      }
    >
      <button
        type="button"
        className={styles.sort}
        title={about ?? say('by', { column: name })}
        onClick={() => onSort(next)}
      >
        {name}
        {direction === 'ASC' && <ArrowUp aria-hidden />}
        {direction === 'DESC' && <ArrowDown aria-hidden />}
      </button>
    </th>
  );
}
