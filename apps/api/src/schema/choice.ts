import type { BlockChoice } from '@blockwise/db';
import { printPath } from '@blockwise/dna';
import { builder } from './builder.ts';

/** Rows and the method count blocks and cells from 0. */
interface ChoiceValue {
  block: number;
  cell: number;
  path: string;
}

/** What an encoding is, for whoever meets one. */
export const encodingTold =
  'Its choices as a text, as `retrainNetworks` takes it: for every block the number of its cell and ' +
  'its path, `1:02 2:0315`.';

export const ChoiceObject = builder.objectRef<ChoiceValue>('Choice').implement({
  description: 'What one block of a network is made of.',
  fields: (t) => ({
    block: t.int({
      description: 'Number of the block, from 1.',
      resolve: (choice) => choice.block + 1,
    }),
    cell: t.int({
      description: 'Number of the chosen cell in the block, from 1.',
      resolve: (choice) => choice.cell + 1,
    }),
    path: t.exposeString('path', {
      description: "One base-36 digit per layer, the index of its operation in the cell's `ops`.",
    }),
  }),
});

/** The choices of a stored network, one for each block in order. */
export function storedChoices(choices: readonly BlockChoice[]): ChoiceValue[] {
  return choices.map(({ cell, path }, block) => ({ block, cell, path: printPath(path) }));
}
