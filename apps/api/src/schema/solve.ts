import { solveSearch } from '../solve-search.ts';
import { builder } from './builder.ts';
import { ChoiceObject } from './choice.ts';
import { ConstraintsInput } from './constraints.ts';
import { rowId } from './global-id.ts';
import { SolutionObject } from './refs.ts';

SolutionObject.implement({
  description: 'A network of the search space, chosen exactly from stored ratings.',
  fields: (t) => ({
    loss: t.exposeFloat('loss', {
      description: 'Predicted loss: the sum of the ratings of its cells.',
    }),
    architecture: t.exposeString('architecture', { description: 'The network in the grammar.' }),
    choices: t.field({
      type: [ChoiceObject],
      description: 'Cell and path of every block, first block first.',
      resolve: (solution) => solution.choices,
    }),
    params: t.expose('params', { type: 'BigInt', description: 'Learnable scalars.' }),
    macs: t.expose('macs', { type: 'BigInt', description: 'Multiply-accumulates per image.' }),
    flopsTool: t.expose('flopsTool', {
      type: 'BigInt',
      description: "The cost in the convention of the DNA paper's tables.",
    }),
  }),
});

builder.queryField('solve', (t) =>
  t.field({
    type: [SolutionObject],
    description:
      'The networks of least predicted loss under any constraints, exactly, from stored ratings: ' +
      'the best first. NOT_READY until all cells are rated; INFEASIBLE when no network satisfies ' +
      'the constraints; BAD_INPUT at `constraints` when a window between minimum and maximum is ' +
      'too narrow to be searched exactly.',
    args: {
      search: t.arg.id({ required: true, description: 'Id of the search.' }),
      constraints: t.arg({
        type: ConstraintsInput,
        description: 'Budgets; none if not given (those of the specification do not apply).',
      }),
      networks: t.arg.int({
        required: true,
        defaultValue: 5,
        description: 'How many networks, 1 to 100.',
      }),
    },
    resolve: (_root, args, context) =>
      solveSearch(
        rowId(args.search, 'Search', ['search']),
        { constraints: args.constraints ?? {}, networks: args.networks },
        context,
      ),
  }),
);
