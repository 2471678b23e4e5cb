import { printEncoding } from '@blockwise/dna';
import { subject } from '../rights/subject.ts';
import { solveSearch } from '../solve-search.ts';
import { builder } from './builder.ts';
import { ChoiceObject, encodingTold, storedChoices } from './choice.ts';
import { ConstraintsInput } from './constraints.ts';
import { latencyTableId, ratedSearchArgs } from './rated-search-args.ts';
import { SolutionObject } from './refs.ts';

SolutionObject.implement({
  description: 'A network of the search space, chosen exactly from stored ratings.',
  fields: (t) => ({
    loss: t.exposeFloat('loss', {
      description: 'Predicted loss: the sum over blocks of λ times the rating of its cell.',
    }),
    architecture: t.exposeString('arch', { description: 'The network in the grammar.' }),
    encoding: t.string({
      description: encodingTold,
      resolve: ({ choices }) => printEncoding(choices),
    }),
    choices: t.field({
      type: [ChoiceObject],
      description: 'Cell and path of every block, first block first.',
      resolve: ({ choices }) => storedChoices(choices),
    }),
    params: t.field({
      type: 'BigInt',
      description: 'Learnable scalars.',
      resolve: ({ cost }) => cost.params,
    }),
    macs: t.field({
      type: 'BigInt',
      description: 'Multiply-accumulates per image.',
      resolve: ({ cost }) => cost.macs,
    }),
    flopsTool: t.field({
      type: 'BigInt',
      description: "The cost in the convention of the DNA paper's tables.",
      resolve: ({ cost }) => cost.flopsTool,
    }),
    activationBytes: t.field({
      type: 'BigInt',
      description: 'Bytes of all feature maps of one image.',
      resolve: ({ cost }) => cost.activationBytes,
    }),
    latencyMs: t.exposeFloat('latencyMs', {
      nullable: true,
      description: 'Milliseconds for one image; null where no latency table is measured.',
    }),
  }),
});

builder.queryField('solve', (t) =>
  t.field({
    type: [SolutionObject],
    description:
      'The networks of least predicted loss under any constraints, exactly, from stored ratings: ' +
      'the best first. NOT_READY until all cells are rated, and for a bound on latency until a table ' +
      'is measured; INFEASIBLE when no network satisfies the constraints, with the one that is ' +
      'missed; BAD_INPUT at `constraints` when a window between minimum and maximum is too narrow to ' +
      'be searched exactly.',
    args: {
      ...ratedSearchArgs(t),
      constraints: t.arg({
        type: ConstraintsInput,
        description: 'Budgets; none if not given (those of the specification do not apply).',
      }),
      networks: t.arg.int({
        required: true,
        defaultValue: 5,
        description: 'How many networks, 1 to 100.',
      }),
      minDistance: t.arg.int({
        required: true,
        defaultValue: 0,
        description:
          'Least number of layers in which any two of the networks differ, 0 to 1,000: each is the ' +
          'best among those far enough from all before it.',
      }),
    },
    resolve: async (_root, { search, latencyTable, ...asked }, context) =>
      solveSearch(
        (await subject(context, 'Search', search, ['search'])).id,
        { ...asked, latencyTableId: latencyTableId(latencyTable) },
        context,
      ),
  }),
);
