'use client';

import type { Axis } from '@blockwise/client';
import {
  createParser,
  debounce,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsInteger,
  parseAsStringLiteral,
  useQueryState,
  useQueryStates,
} from 'nuqs';
import { anyNetwork, printWish, readWish, type Wish } from './wish.ts';

/** The address follows when the hand rests: writing it costs more than a frame. */
const restMilliseconds = 300;
const axes = ['LOSS', 'PARAMS', 'MACS', 'LATENCY_MS', 'FLOPS_TOOL', 'ACTIVATION_BYTES'] as const;

const parseAsWish = createParser<Wish>({
  parse: readWish,
  serialize: printWish,
  eq: (a, b) => printWish(a) === printWish(b),
});

/** All that a view of budgets is: what is asked for, how it is drawn, and what is pinned. */
export function useBudgetView() {
  const [wish, setWish] = useQueryState(
    'budget',
    parseAsWish
      .withDefault(anyNetwork)
      .withOptions({ limitUrlUpdates: debounce(restMilliseconds) }),
  );
  const [pins, setPins] = useQueryState('pins', parseAsArrayOf(parseAsWish, '~').withDefault([]));
  const [shown, show] = useQueryStates({
    /** Networks in the table. */
    best: parseAsInteger.withDefault(5),
    /** Bounds from below too. */
    minima: parseAsBoolean.withDefault(false),
    /** The costs that few people ask for too. */
    more: parseAsBoolean.withDefault(false),
    x: parseAsStringLiteral<Axis>(axes).withDefault('MACS'),
    y: parseAsStringLiteral<Axis>(axes).withDefault('LOSS'),
  });
  return { wish, setWish, pins, setPins, shown, show };
}
