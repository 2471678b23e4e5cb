import { builder } from './builder.ts';

const BoundInput = builder.inputType('BoundInput', {
  description: 'An inclusive range; an absent side is open.',
  fields: (t) => ({
    min: t.float({ description: 'Least allowed value.' }),
    max: t.float({ description: 'Greatest allowed value.' }),
  }),
});

export const ConstraintsInput = builder.inputType('ConstraintsInput', {
  description: 'Budgets of a network; all of them hold together.',
  fields: (t) => ({
    params: t.field({ type: BoundInput, description: 'Learnable scalars.' }),
    macs: t.field({ type: BoundInput, description: 'Multiply-accumulates per image.' }),
  }),
});
