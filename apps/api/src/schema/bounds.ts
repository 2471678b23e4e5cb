import { builder } from './builder.ts';

export const FloatBounds = builder.inputType('FloatBounds', {
  description: 'Bounds, both inclusive; a missing one does not bind.',
  fields: (t) => ({
    min: t.float({ description: 'At least this.' }),
    max: t.float({ description: 'At most this.' }),
  }),
});

export const WholeBounds = builder.inputType('WholeBounds', {
  description: 'Bounds of whole numbers, both inclusive; a missing one does not bind.',
  fields: (t) => ({
    min: t.field({ type: 'BigInt', description: 'At least this.' }),
    max: t.field({ type: 'BigInt', description: 'At most this.' }),
  }),
});

/** Bounds of whole numbers as numbers: exact below 2^53, as costs are stored. */
export function numberBounds(
  bounds: typeof WholeBounds.$inferInput | null | undefined,
): { min: number | null; max: number | null } | undefined {
  if (!bounds) return undefined;
  const { min, max } = bounds;
  return { min: min == null ? null : Number(min), max: max == null ? null : Number(max) };
}
