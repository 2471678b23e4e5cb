import type { CandidateFilter } from '@blockwise/client';
import {
  createParser,
  parseAsArrayOf,
  parseAsFloat,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
} from 'nuqs';
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

/** What the explorer shows, all of it in the address. */
export function useExplorer() {
  return useQueryStates({
    x: parseAsStringLiteral(costs).withDefault('macs'),
    y: parseAsStringLiteral(ratings).withDefault('loss'),
    colour: parseAsString.withDefault('op1'),
    view: parseAsArrayOf(parseAsFloat),
    brush: parseAsArrayOf(parseAsFloat),
    drag: parseAsStringLiteral(['select', 'pan']).withDefault('select'),
    ops: parseAsOps,
    by: parseAsStringLiteral(orders).withDefault('LOSS'),
    way: parseAsStringLiteral(['ASC', 'DESC']).withDefault('ASC'),
  });
}

/** Four numbers of an address as a rectangle. */
export function readRegion(numbers: readonly number[] | null): Region | null {
  const [left, right, low, high] = numbers ?? [];
  if (left === undefined || right === undefined || low === undefined || high === undefined) {
    return null;
  }
  return { x: { min: left, max: right }, y: { min: low, max: high } };
}

export function writeRegion(region: Region | null): number[] | null {
  return region && [region.x.min, region.x.max, region.y.min, region.y.max];
}

/** What the server is asked for: what lies in the rectangle and has the chosen operations. */
export function filterOf(
  { x, y, brush, ops }: { x: Cost; y: Rating; brush: Region | null; ops: OpChoice | null },
  printedOps: readonly string[],
): CandidateFilter {
  return {
    ...(brush && {
      // Costs are whole numbers.
      [x]: { min: String(Math.ceil(brush.x.min)), max: String(Math.floor(brush.x.max)) },
      [y]: brush.y,
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
