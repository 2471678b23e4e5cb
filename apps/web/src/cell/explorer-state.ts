import type { CandidateFilter } from '@blockwise/client';
import { createParser, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { anything, type NumberRange } from '../charts/number-range.ts';
import type { Region } from '../charts/point-cloud.tsx';

export const costs = ['params', 'macs', 'flopsTool', 'activationBytes'] as const;
export type Cost = (typeof costs)[number];
export const ratings = ['loss', 'kl', 'top1'] as const;
export type Rating = (typeof ratings)[number];
export const orders = ['LOSS', 'PATH', 'KL', 'TOP1', 'PARAMS', 'MACS'] as const;

/** Operations (by position) that layers (from 0) may have: `0:1.2_3:0` in an address. */
export type OpChoice = ReadonlyMap<number, readonly number[]>;

const parseAsOps = createParser<OpChoice>({
  parse: (text) =>
    new Map(
      text.split('_').flatMap((part) => {
        const [layer, ops] = part.split(':');
        const chosen = (ops ?? '').split('.').filter(Boolean).map(Number);
        return chosen.length > 0 ? [[Number(layer), chosen] as const] : [];
      }),
    ),
  serialize: (ops) => [...ops].map(([layer, chosen]) => `${layer}:${chosen.join('.')}`).join('_'),
});

const outermost = [anything.min, anything.max, anything.min, anything.max];

/** A rectangle, left, right, low, high: `1000,5000,,0.2` in an address; an open side is left empty. */
export const parseAsRegion = createParser<Region>({
  parse: (text) => {
    const parts = text.split(',');
    const numbers = outermost.map((open, at) => (parts[at] ? Number(parts[at]) : open));
    if (parts.length !== numbers.length || numbers.some(Number.isNaN)) return null;
    const [left = 0, right = 0, low = 0, high = 0] = numbers;
    return { x: { min: left, max: right }, y: { min: low, max: high } };
  },
  serialize: ({ x, y }) =>
    [x.min, x.max, y.min, y.max]
      .map((value) => (Number.isFinite(value) ? String(value) : ''))
      .join(','),
  eq: (a, b) =>
    a.x.min === b.x.min && a.x.max === b.x.max && a.y.min === b.y.min && a.y.max === b.y.max,
});

/** What the explorer shows, all of it in the address. */
export function useExplorer() {
  return useQueryStates({
    x: parseAsStringLiteral(costs).withDefault('macs'),
    y: parseAsStringLiteral(ratings).withDefault('loss'),
    colour: parseAsString.withDefault('op1'),
    view: parseAsRegion,
    brush: parseAsRegion,
    drag: parseAsStringLiteral(['select', 'pan']).withDefault('select'),
    ops: parseAsOps,
    by: parseAsStringLiteral(orders).withDefault('LOSS'),
    way: parseAsStringLiteral(['ASC', 'DESC']).withDefault('ASC'),
  });
}

/** What the server is asked for: what lies in the rectangle and has the chosen operations. */
export function filterOf(
  { x, y, brush, ops }: { x: Cost; y: Rating; brush: Region | null; ops: OpChoice | null },
  printedOps: readonly string[],
): CandidateFilter {
  return {
    ...(brush && {
      // Costs are whole numbers.
      [x]: sides(brush.x, (value, side) =>
        String(side === 'min' ? Math.ceil(value) : Math.floor(value)),
      ),
      [y]: sides(brush.y, (value) => value),
    }),
    ...(ops &&
      ops.size > 0 && {
        ops: [...ops].map(([layer, chosen]) => ({
          layer: layer + 1,
          ops: chosen.flatMap((op) => printedOps[op] ?? []),
        })),
      }),
  };
}

/** The sides that are not open, as the API has them; undefined where both are. */
function sides<Value>(
  range: NumberRange,
  print: (value: number, side: 'min' | 'max') => Value,
): { min?: Value; max?: Value } | undefined {
  const isOpen = !Number.isFinite(range.min) && !Number.isFinite(range.max);
  if (isOpen) return undefined;
  return {
    ...(Number.isFinite(range.min) && { min: print(range.min, 'min') }),
    ...(Number.isFinite(range.max) && { max: print(range.max, 'max') }),
  };
}
