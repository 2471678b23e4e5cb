import {
  compareEntries,
  type EntryComparison,
  type FieldPair,
  type FigurePair,
} from '../compare-entries.ts';
import { subject } from '../rights/subject.ts';
import { builder } from './builder.ts';
import { LayerPairObject } from './layer-pair.ts';
import { EntryObject } from './refs.ts';

const FigurePairObject = builder.objectRef<FigurePair>('FigurePair').implement({
  description: 'One figure of two entries.',
  fields: (t) => ({
    name: t.exposeString('name', {
      description: 'Which figure, as fields of `Entry` name it: `params`, `gpuHours`.',
    }),
    a: t.exposeFloat('a', { nullable: true, description: 'Of the first; null if not known.' }),
    b: t.exposeFloat('b', { nullable: true, description: 'Of the second; null if not known.' }),
    ratio: t.float({
      nullable: true,
      description: 'The second over the first; null where that is not known, or is 0.',
      resolve: ({ a, b }) => (a === null || b === null || a === 0 ? null : b / a),
    }),
  }),
});

const FieldPairObject = builder.objectRef<FieldPair>('FieldPair').implement({
  description: 'A field in which two trainings differ.',
  fields: (t) => ({
    field: t.exposeString('field', { description: 'Name of the field.' }),
    a: t.exposeString('a', { nullable: true, description: 'Value of the first; null for none.' }),
    b: t.exposeString('b', { nullable: true, description: 'Value of the second; null for none.' }),
  }),
});

const EntryComparisonObject = builder.objectRef<EntryComparison>('EntryComparison').implement({
  description: 'Two entries side by side.',
  fields: (t) => ({
    a: t.expose('a', { type: EntryObject, description: 'The first.' }),
    b: t.expose('b', { type: EntryObject, description: 'The second.' }),
    sameData: t.boolean({
      description: 'Whether both were tested on the same data: only then accuracies compare.',
      resolve: ({ a, b }) => a.datasetHash === b.datasetHash,
    }),
    top1Difference: t.exposeFloat('top1Difference', {
      description: "The second's accuracy less the first's.",
    }),
    top1DifferenceDeviation: t.exposeFloat('top1DifferenceDeviation', {
      nullable: true,
      description:
        'Standard deviation of that difference, from those of both means; null when either had a ' +
        'single training.',
    }),
    layers: t.field({
      type: [LayerPairObject],
      description: 'Every layer of both networks, the stem first.',
      resolve: ({ layers }) => [...layers],
    }),
    layersDiffering: t.int({
      description: 'In how many layers they differ.',
      resolve: ({ layers }) => layers.filter(({ change }) => change !== 'kept').length,
    }),
    costs: t.field({
      type: [FigurePairObject],
      description: 'Their costs, and what finding and training them took.',
      resolve: ({ costs }) => [...costs],
    }),
    training: t.field({
      type: [FieldPairObject],
      description: 'Where their trainings differ; empty when they were trained alike.',
      resolve: ({ training }) => [...training],
    }),
  }),
});

builder.queryField('compareEntries', (t) =>
  t.field({
    type: EntryComparisonObject,
    description:
      'Two entries, of one leaderboard or of two: architecture layer by layer, costs, training and ' +
      'accuracy with its deviation. NOT_FOUND when there is no such entry that you may see.',
    args: {
      a: t.arg.id({ required: true, description: 'Id of the first.' }),
      b: t.arg.id({ required: true, description: 'Id of the second.' }),
    },
    resolve: async (_root, { a, b }, context) =>
      compareEntries(
        await subject(context, 'Entry', a, ['a']),
        await subject(context, 'Entry', b, ['b']),
      ),
  }),
);
