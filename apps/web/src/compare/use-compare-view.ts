'use client';

import type { Axis } from '@blockwise/client';
import {
  parseAsArrayOf,
  parseAsFloat,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
} from 'nuqs';

const axes = ['PARAMS', 'MACS', 'LATENCY_MS', 'FLOPS_TOOL', 'ACTIVATION_BYTES'] as const;
const ids = parseAsArrayOf(parseAsString).withDefault([]);

/** What is compared, and how; all of it stands in the address. */
export function useCompareView() {
  return useQueryStates({
    searches: ids,
    networks: ids,
    entries: ids,
    axis: parseAsStringLiteral<Axis>(axes).withDefault('MACS'),
    /** Best networks whose operations are counted. */
    best: parseAsInteger.withDefault(20),
    /** Accuracy that is waited for, 0..1. */
    target: parseAsFloat,
    /** The two whose best networks are laid beside each other, from 1. */
    left: parseAsInteger.withDefault(1),
    right: parseAsInteger.withDefault(2),
    /** `block.cell` whose curves are drawn. */
    cell: parseAsString,
    /** Which curve of the networks' trainings is drawn. */
    curve: parseAsString,
  });
}
