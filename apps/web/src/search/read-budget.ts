import type { ConstraintsInput } from '@blockwise/client';
import { readAmount } from '../ui/amount.ts';
import { type CostKey, costAxes } from './cost-axes.ts';

export type Side = 'min' | 'max';

/** What is typed into the fields of a budget; an absent field is empty. */
export type TypedBounds = Partial<Record<CostKey, Partial<Record<Side, string>>>>;

/**
 * The bounds that can be read, and the fields that cannot. Minima count only when they are shown.
 */
export function readBudget(
  typed: TypedBounds,
  sides: readonly Side[],
): {
  constraints: ConstraintsInput;
  wrong: readonly { key: CostKey; side: Side }[];
} {
  const constraints: ConstraintsInput = {};
  const wrong: { key: CostKey; side: Side }[] = [];
  for (const { key, unit } of costAxes) {
    for (const side of sides) {
      const amount = readAmount(typed[key]?.[side] ?? '', unit);
      if ('wrong' in amount || (side === 'max' && amount.value === 0)) wrong.push({ key, side });
      else if (amount.value !== undefined) {
        constraints[key] = { ...constraints[key], [side]: amount.value };
      }
    }
  }
  return { constraints, wrong };
}
