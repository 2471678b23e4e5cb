'use client';

import type { SearchFilter, SearchOrder, SearchState } from '@blockwise/client';
import {
  parseAsArrayOf,
  parseAsString,
  parseAsStringLiteral,
  useQueryState,
  useQueryStates,
} from 'nuqs';
import { useMemo } from 'react';
import { useRested } from '../ui/use-rested.ts';

export const states = [
  'QUEUED',
  'RUNNING',
  'PAUSED',
  'COMPLETE',
  'FAILED',
  'CANCELLED',
] as const satisfies readonly SearchState[];
const fields = ['CREATED_AT', 'NAME', 'BEST_TOP1', 'FINISHED_AT'] as const;
export type Field = (typeof fields)[number];
export type Direction = 'ASC' | 'DESC';

/** What is typed is asked for when hands rest. */
const restSeconds = 0.25;

/** Filter and order of the list, as its address has them. */
export function useListState() {
  const [filter, setFilter] = useQueryStates({
    text: parseAsString.withDefault(''),
    states: parseAsArrayOf(parseAsStringLiteral(states)).withDefault([]),
    tag: parseAsString.withDefault(''),
    team: parseAsString.withDefault(''),
  });
  const [field, setField] = useQueryState(
    'order',
    parseAsStringLiteral(fields).withDefault('CREATED_AT'),
  );
  const [direction, setDirection] = useQueryState(
    'direction',
    parseAsStringLiteral(['ASC', 'DESC'] as const).withDefault('DESC'),
  );
  const text = useRested(filter.text, restSeconds);
  const { states: chosen, tag, team } = filter;
  const asked = useMemo(
    (): SearchFilter => ({
      ...(text.trim() === '' ? {} : { text: text.trim() }),
      ...(chosen.length === 0 ? {} : { states: chosen }),
      ...(tag === '' ? {} : { tags: [tag] }),
      ...(team === '' ? {} : { teams: [team] }),
    }),
    [text, chosen, tag, team],
  );
  const orderBy = useMemo((): SearchOrder => ({ field, direction }), [field, direction]);
  return {
    filter,
    setFilter,
    field,
    direction,
    setOrder: (nextField: Field, nextDirection: Direction) => {
      setField(nextField);
      setDirection(nextDirection);
    },
    /** As the API takes them. */
    asked,
    orderBy,
    isFiltered: Object.keys(asked).length > 0,
  };
}
