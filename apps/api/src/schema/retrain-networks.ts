import { retrainNetworks } from '../follow-up/retrain-networks.ts';
import { subject } from '../rights/subject.ts';
import { builder } from './builder.ts';
import { ConstraintsInput } from './constraints.ts';
import { afterwardsTold, idempotencyKeyTold } from './follow-up-words.ts';
import { optionalRowId } from './global-id.ts';
import { NetworkObject } from './refs.ts';
import { NetworkTrainingInput } from './training-input.ts';

const BestNetworksInput = builder.inputType('BestNetworksInput', {
  description: 'The networks that `solve` answers.',
  fields: (t) => ({
    constraints: t.field({ type: ConstraintsInput, description: 'Budgets; none if not given.' }),
    networks: t.int({ required: true, defaultValue: 1, description: 'How many, 1 to 100.' }),
    minDistance: t.int({
      required: true,
      defaultValue: 0,
      description: 'Least number of layers in which any two differ, 0 to 1,000.',
    }),
    lambdas: t.floatList({
      description: "Weight λ of each block's loss; those of the specification if not given.",
    }),
    latencyTable: t.id({
      description: 'Id of the latency table that counts; the newest measured one if not given.',
    }),
  }),
});

const NetworkChoiceInput = builder.inputType('NetworkChoiceInput', {
  isOneOf: true,
  description: 'Networks of the search space: exactly one of these.',
  fields: (t) => ({
    architectures: t.stringList({
      description: 'In the grammar, as the API prints them; 1 to 100.',
    }),
    encodings: t.stringList({
      description:
        'As the API prints them: for every block the number of its cell and its path, `1:02 2:0315`. ' +
        'The number of an only cell may be left out. 1 to 100.',
    }),
    best: t.field({ type: BestNetworksInput, description: 'The best ones under constraints.' }),
  }),
});

const RetrainNetworksInput = builder.inputType('RetrainNetworksInput', {
  description: 'What to train.',
  fields: (t) => ({
    search: t.id({ required: true, description: 'Id of a complete search.' }),
    networks: t.field({
      type: NetworkChoiceInput,
      required: true,
      description: 'Which networks.',
    }),
    training: t.field({
      type: NetworkTrainingInput,
      defaultValue: {},
      description:
        "How they are trained. With several seeds the first is the training's, the next one more, for " +
        'every network the same.',
    }),
    idempotencyKey: t.string({ description: idempotencyKeyTold }),
  }),
});

const tablePath = ['networks', 'best', 'latencyTable'];

builder.mutationField('retrainNetworks', (t) =>
  t.field({
    type: [NetworkObject],
    description:
      'Trains and tests chosen networks of a complete search; each becomes a network of origin ' +
      `REQUESTED and enters the leaderboard.${afterwardsTold}`,
    args: {
      input: t.arg({ type: RetrainNetworksInput, required: true, description: 'What to train.' }),
    },
    resolve: async (_root, { input: { search, networks, ...asked } }, context) => {
      const { best } = networks;
      const latencyTableId = optionalRowId(best?.latencyTable, 'LatencyTable', tablePath);
      return retrainNetworks(
        (await subject(context, 'Search', search, ['search'])).id,
        { ...asked, networks: { ...networks, best: best && { ...best, latencyTableId } } },
        context,
      );
    },
  }),
);
