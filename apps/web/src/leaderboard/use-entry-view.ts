'use client';

import type { BoardEntriesQueryVariables, EntryOrderField, EntryState } from '@blockwise/client';
import {
  parseAsArrayOf,
  parseAsBoolean,
  parseAsFloat,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
} from 'nuqs';
import type { Brush } from './pareto.ts';

export const orders = [
  'TOP1',
  'PARAMS',
  'MACS',
  'ENTERED_AT',
] as const satisfies readonly EntryOrderField[];
export const costAxes = ['params', 'macs', 'latency'] as const;
export type CostAxis = (typeof costAxes)[number];
/** Those with a place, those that were verified, those that lost their place. */
export const standings = ['placed', 'verified', 'out'] as const;
export type Standing = (typeof standings)[number];

const statesOf: Record<Standing, EntryState[] | null> = {
  placed: null,
  verified: ['VERIFIED'],
  out: ['REJECTED', 'WITHDRAWN'],
};

export interface EntryView {
  readonly axis: CostAxis;
  readonly standing: Standing;
  readonly order: EntryOrderField;
  readonly isReversed: boolean;
  readonly paramsMax: number | null;
  readonly macsMax: number | null;
  readonly brush: Brush | null;
  /** Ids of entries that were chosen one by one. */
  readonly picked: readonly string[];
  readonly filter: BoardEntriesQueryVariables['filter'];
  readonly orderBy: BoardEntriesQueryVariables['orderBy'];
  readonly choose: (change: {
    axis?: CostAxis;
    standing?: Standing;
    order?: EntryOrderField;
    isReversed?: boolean;
    paramsMax?: number | null;
    macsMax?: number | null;
    brush?: Brush | null;
    picked?: readonly string[];
  }) => void;
}

/** What a board's page shows, as its address has it. */
export function useEntryView(): EntryView {
  const [state, setState] = useQueryStates({
    axis: parseAsStringLiteral(costAxes).withDefault('params'),
    standing: parseAsStringLiteral(standings).withDefault('placed'),
    order: parseAsStringLiteral(orders).withDefault('TOP1'),
    reversed: parseAsBoolean.withDefault(false),
    paramsMax: parseAsFloat,
    macsMax: parseAsFloat,
    brush: parseAsArrayOf(parseAsFloat),
    picked: parseAsArrayOf(parseAsString).withDefault([]),
  });
  const { brush, reversed, order, paramsMax, macsMax, standing } = state;
  const [cost0, cost1, top0, top1] = brush ?? [];
  const states = statesOf[standing];
  return {
    ...state,
    isReversed: reversed,
    brush:
      cost0 === undefined || cost1 === undefined || top0 === undefined || top1 === undefined
        ? null
        : [cost0, cost1, top0, top1],
    filter: {
      ...(states && { states }),
      ...(paramsMax !== null && { params: { max: paramsMax } }),
      ...(macsMax !== null && { macs: { max: macsMax } }),
    },
    orderBy: { field: order, direction: directionOf(order, reversed) },
    choose: ({ isReversed, brush: next, picked, ...change }) =>
      void setState({
        ...change,
        ...(isReversed !== undefined && { reversed: isReversed }),
        ...(next !== undefined && { brush: next === null ? null : next.map(short) }),
        ...(picked !== undefined && { picked: [...picked] }),
        // A rectangle means something on its own axis only.
        ...(change.axis !== undefined && { brush: null }),
      }),
  };
}

/** The most accurate first; of costs and times the least. */
function directionOf(order: EntryOrderField, isReversed: boolean) {
  return (order === 'TOP1') === isReversed ? ('ASC' as const) : ('DESC' as const);
}

function short(value: number): number {
  return Number(value.toPrecision(6));
}
