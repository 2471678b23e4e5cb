import type { BoardSummaryFragment } from '@blockwise/client';
import { formatCount } from '../ui/format.ts';

const names = {
  PARAMS: 'params',
  MACS: 'macs',
  FLOPS_TOOL: 'FLOPs',
  ACTIVATION_BYTES: 'bytes of feature maps',
  LATENCY_MS: 'ms',
} as const;

/** As `at most 5 M params`; a board without a budget takes any network. */
export function budgetWords(budget: BoardSummaryFragment['budget']): string {
  if (budget == null) return 'any';
  const max = budget.axis === 'LATENCY_MS' ? String(budget.max) : formatCount(String(budget.max));
  return `at most ${max} ${names[budget.axis]}`;
}
