import { DomainError } from '@blockwise/contracts';
import type { CandidateFilter } from '@blockwise/db';
import { FloatBounds, WholeBounds } from './bounds.ts';
import { builder } from './builder.ts';

const OpFilter = builder.inputType('OpFilter', {
  description: 'Which operations a layer may have.',
  fields: (t) => ({
    layer: t.int({ required: true, description: 'Number of the layer in its cell, from 1.' }),
    ops: t.stringList({
      required: true,
      description: "Operations in the grammar, as the cell's `ops` prints them; any of these.",
    }),
  }),
});

const whole = 'Only within these bounds.';
const measured = 'Only within these bounds, and only paths for which it was measured.';

export const CandidateFilterInput = builder.inputType('CandidateFilter', {
  description: 'Which candidates: those that satisfy all of it.',
  fields: (t) => ({
    loss: t.field({ type: FloatBounds, description: whole }),
    error: t.field({ type: FloatBounds, description: measured }),
    kl: t.field({ type: FloatBounds, description: measured }),
    top1: t.field({ type: FloatBounds, description: measured }),
    params: t.field({ type: WholeBounds, description: whole }),
    macs: t.field({ type: WholeBounds, description: whole }),
    flopsTool: t.field({ type: WholeBounds, description: whole }),
    activationBytes: t.field({ type: WholeBounds, description: measured }),
    rank: t.field({ type: WholeBounds, description: whole }),
    ops: t.field({ type: [OpFilter], description: 'Operations at layers; at most 20 of them.' }),
  }),
});

const maxOpFilters = 20;

/**
 * The filter in the terms of stored paths.
 *
 * @param ops of the cell, in the grammar; a path has their indices as base-36 digits
 * @throws DomainError BAD_INPUT for a layer or an operation that the cell does not have
 */
export function candidateFilter(
  asked: typeof CandidateFilterInput.$inferInput | null | undefined,
  { layers, ops }: { layers: number; ops: readonly string[] },
): CandidateFilter {
  const { ops: asksOps, ...bounds } = asked ?? {};
  const wanted = asksOps ?? [];
  if (wanted.length > maxOpFilters) {
    throw new DomainError('BAD_INPUT', `At most ${maxOpFilters} layers can be asked for.`, {
      path: ['filter', 'ops'],
    });
  }
  const given = Object.entries(bounds).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [[name, value] as const],
  );
  return {
    ...Object.fromEntries(given),
    ...(wanted.length === 0
      ? {}
      : {
          ops: wanted.map(({ layer, ops: named }, i) => {
            const path = ['filter', 'ops', i];
            if (layer < 1 || layer > layers) {
              throw new DomainError('BAD_INPUT', `The cell has the layers 1 to ${layers}.`, {
                path: [...path, 'layer'],
              });
            }
            return {
              layer: layer - 1,
              digits: named.map((op, j) => digitOf(op, ops, [...path, 'ops', j])),
            };
          }),
        }),
  };
}

function digitOf(op: string, ops: readonly string[], path: (string | number)[]): string {
  const index = ops.indexOf(op);
  if (index === -1) {
    throw new DomainError('BAD_INPUT', `The cell has no operation ${op}, only ${ops.join(', ')}.`, {
      path,
    });
  }
  return index.toString(36);
}
