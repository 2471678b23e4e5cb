import type { SearchFilter, SearchOrder, SearchState } from '@blockwise/client';
import { createLoader, parseAsArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs/server';

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

/** What the list shows, as its address has it. */
export const filterInAddress = {
  text: parseAsString.withDefault(''),
  states: parseAsArrayOf(parseAsStringLiteral(states)).withDefault([]),
  tag: parseAsString.withDefault(''),
  team: parseAsString.withDefault(''),
};
export const orderInAddress = {
  order: parseAsStringLiteral(fields).withDefault('CREATED_AT'),
  direction: parseAsStringLiteral(['ASC', 'DESC'] as const).withDefault('DESC'),
};

export const loadListAddress = createLoader({ ...filterInAddress, ...orderInAddress });

/** The filter as the API takes it. */
export function askedFilter({
  text,
  states: chosen,
  tag,
  team,
}: {
  readonly text: string;
  readonly states: readonly SearchState[];
  readonly tag: string;
  readonly team: string;
}): SearchFilter {
  return {
    ...(text.trim() === '' ? {} : { text: text.trim() }),
    ...(chosen.length === 0 ? {} : { states: [...chosen] }),
    ...(tag === '' ? {} : { tags: [tag] }),
    ...(team === '' ? {} : { teams: [team] }),
  };
}

/** What the first page of the list is asked with. More come as one scrolls. */
export function listVariables(filter: SearchFilter, orderBy: SearchOrder) {
  return { first: 50, filter, orderBy };
}
