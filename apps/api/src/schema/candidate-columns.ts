import { type CandidateColumns, candidateColumns } from '@blockwise/db';
import { subject } from '../rights/subject.ts';
import { builder } from './builder.ts';

const perPath = 'By path, 64-bit floats.';
const whereMeasured =
  'By path, 64-bit floats, NaN for a path for which it was not measured; null when it was for none.';

const CandidateColumnsObject = builder.objectRef<CandidateColumns>('CandidateColumns').implement({
  description:
    'All rated paths of a cell as columns of equal length, by path: base64 of little-endian numbers.',
  fields: (t) => {
    const measured = (name: 'activationBytes' | 'error' | 'kl' | 'top1', what: string) =>
      t.string({
        nullable: true,
        description: `${what} ${whereMeasured}`,
        resolve: ({ [name]: column }, _args, { pack }) => column && pack(column),
      });
    return {
      count: t.exposeInt('count', { description: 'Paths; 0 until the cell is rated.' }),
      indices: t.string({
        description:
          'Positions of the paths among all of the cell in lexicographic order, from 0: 32-bit integers. ' +
          "Written in base `ops.length` with a digit for each layer it is the path's `path`.",
        resolve: ({ indices }, _args, { pack }) => pack(indices),
      }),
      ranks: t.string({
        description: 'Place in the cell by `loss`, 1 is the best: 32-bit integers.',
        resolve: ({ ranks }, _args, { pack }) => pack(ranks),
      }),
      loss: t.string({
        description: `Rating by the specification's measure; less is better. ${perPath}`,
        resolve: ({ loss }, _args, { pack }) => pack(loss),
      }),
      error: measured('error', "Half width of the loss's 95% confidence interval."),
      kl: measured('kl', 'KL(teacher ‖ teacher with this path in place of the block).'),
      top1: measured('top1', 'Accuracy of the teacher with this path in place of the block.'),
      params: t.string({
        description: `Learnable scalars of the layers. ${perPath}`,
        resolve: ({ params }, _args, { pack }) => pack(params),
      }),
      macs: t.string({
        description: `Multiply-accumulates per image. ${perPath}`,
        resolve: ({ macs }, _args, { pack }) => pack(macs),
      }),
      flopsTool: t.string({
        description: `The same in the convention of the DNA paper's tables. ${perPath}`,
        resolve: ({ flopsTool }, _args, { pack }) => pack(flopsTool),
      }),
      activationBytes: measured(
        'activationBytes',
        'Bytes of the feature maps of the layers for one image.',
      ),
    };
  },
});

builder.queryField('candidateColumns', (t) =>
  t.field({
    type: CandidateColumnsObject,
    description:
      'All rated paths of a cell in one go, with ratings and costs, packed as columns: for pictures of all ' +
      'of them. For lists in an order see `candidates`, for files `exportCandidates`.',
    args: { cell: t.arg.id({ required: true, description: 'Id of the cell.' }) },
    resolve: async (_root, { cell }, context) =>
      candidateColumns(context.database, (await subject(context, 'Cell', cell, ['cell'])).id),
  }),
);
