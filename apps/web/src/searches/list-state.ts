'use client';

import type { SearchOrder } from '@blockwise/client';
import { useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { useRested } from '../ui/use-rested.ts';
import {
  askedFilter,
  type Direction,
  type Field,
  filterInAddress,
  orderInAddress,
} from './list-address.ts';

/** What is typed is asked for when hands rest. */
const restSeconds = 0.25;

/** Filter and order of the list, as its address has them. */
export function useListState() {
  const [filter, setFilter] = useQueryStates(filterInAddress);
  const [{ order: field, direction }, setOrder] = useQueryStates(orderInAddress);
  const text = useRested(filter.text, restSeconds);
  const { states: chosen, tag, team } = filter;
  const asked = useMemo(
    () => askedFilter({ text, states: chosen, tag, team }),
    [text, chosen, tag, team],
  );
  const orderBy = useMemo((): SearchOrder => ({ field, direction }), [field, direction]);
  return {
    filter,
    setFilter,
    field,
    direction,
    setOrder: (order: Field, direction: Direction) => void setOrder({ order, direction }),
    /** As the API takes them. */
    asked,
    orderBy,
    isFiltered: Object.keys(asked).length > 0,
  };
}
