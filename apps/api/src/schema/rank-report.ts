import type { Estimate, PredictorReport, RankReport, SliceReport } from '@blockwise/dna';
import { tableReport } from '../ranking/table-report.ts';
import { builder } from './builder.ts';
import { FixedCostEnum, PredictionKindEnum, PredictorEnum } from './spec-enums.ts';
import { checkedTask, taskArgs } from './task-args.ts';

const EstimateObject = builder.objectRef<Estimate>('Estimate').implement({
  description:
    'A statistic with its 95% interval (percentile bootstrap); null where it has no value.',
  fields: (t) => ({
    value: t.exposeFloat('value', { nullable: true, description: 'Of all networks.' }),
    low: t.exposeFloat('low', { nullable: true, description: 'Lower end of the interval.' }),
    high: t.exposeFloat('high', { nullable: true, description: 'Upper end of the interval.' }),
  }),
});

const PredictorReportObject = builder.objectRef<PredictorReport>('PredictorReport').implement({
  description: 'How well one predictor orders networks as their accuracies do; 1 is perfect.',
  fields: (t) => ({
    predictor: t.expose('predictor', { type: PredictorEnum, description: 'What orders them.' }),
    kendall: t.expose('kendall', { type: EstimateObject, description: "Kendall's τ-b." }),
    spearman: t.expose('spearman', { type: EstimateObject, description: "Spearman's ρ." }),
    pearson: t.expose('pearson', { type: EstimateObject, description: "Pearson's R." }),
    partialSpearman: t.expose('partialSpearman', {
      type: EstimateObject,
      description:
        "Spearman's ρ with accuracy once the fixed cost is held fixed; no value for that cost itself.",
    }),
    predictedAhead: t.expose('predictedAhead', {
      type: EstimateObject,
      description:
        'Kendall of the prediction less that of this predictor; no value for the prediction itself.',
    }),
  }),
});

const SliceKendallObject = builder
  .objectRef<SliceReport['kendall'][number]>('SliceKendall')
  .implement({
    description: "Kendall's τ of one predictor within a slice.",
    fields: (t) => ({
      predictor: t.expose('predictor', { type: PredictorEnum, description: 'What orders them.' }),
      value: t.exposeFloat('value', {
        nullable: true,
        description: 'Null where the slice has too few networks.',
      }),
    }),
  });

const RankSliceObject = builder.objectRef<SliceReport>('RankSlice').implement({
  description: 'Networks of about the same cost: what is left of an order when cost is no help.',
  fields: (t) => ({
    min: t.exposeFloat('min', { description: 'Least cost, inclusive.' }),
    max: t.exposeFloat('max', { description: 'Greatest cost, inclusive.' }),
    networks: t.exposeInt('networks', { description: 'Networks of the slice.' }),
    kendall: t.field({
      type: [SliceKendallObject],
      description: "Kendall's τ of every predictor within the slice.",
      resolve: ({ kendall }) => kendall,
    }),
  }),
});

export const RankReportObject = builder.objectRef<RankReport>('RankReport').implement({
  description:
    'Whether a ranking can be trusted: correlations of prediction and accuracy, beside those of ' +
    'params and macs, which cost nothing. Positive ones throughout mean the right order.',
  fields: (t) => ({
    networks: t.exposeInt('networks', { description: 'Networks in the report.' }),
    fixed: t.expose('fixed', {
      type: FixedCostEnum,
      description: 'Cost that is held fixed in partial correlations and slices.',
    }),
    predictors: t.field({
      type: [PredictorReportObject],
      description: 'The prediction first, then the costs.',
      resolve: ({ predictors }) => predictors,
    }),
    slices: t.field({
      type: [RankSliceObject],
      description: 'By ascending cost.',
      resolve: ({ slices }) => slices,
    }),
  }),
});

const SliceRangeInput = builder.inputType('SliceRangeInput', {
  description: 'A slice of the fixed cost, both ends included.',
  fields: (t) => ({
    min: t.float({ required: true, description: 'Least cost.' }),
    max: t.float({ required: true, description: 'Greatest cost.' }),
  }),
});

export const RankOptionsInput = builder.inputType('RankOptionsInput', {
  description: 'How a report is made.',
  fields: (t) => ({
    predicted: t.field({
      type: PredictionKindEnum,
      required: true,
      defaultValue: 'loss',
      description: "What predictions of a table are; an audit's are losses.",
    }),
    fixed: t.field({
      type: FixedCostEnum,
      required: true,
      defaultValue: 'macs',
      description: 'Cost that is held fixed in partial correlations and slices.',
    }),
    slices: t.int({
      description:
        'Slices with equally many networks, 0 to 100. If not given, up to 5 with at least 8 each.',
    }),
    ranges: t.field({
      type: [SliceRangeInput],
      description: 'Slices by their ranges, in place of `slices`.',
    }),
    resamples: t.int({
      required: true,
      defaultValue: 1000,
      description: 'Bootstrap samples, 0 to 10,000.',
    }),
    seed: t.int({ required: true, defaultValue: 0, description: 'Seed of the samples.' }),
  }),
});

/** As GraphQL fills it in. */
export const rankDefaults = {
  predicted: 'loss',
  fixed: 'macs',
  resamples: 1000,
  seed: 0,
} as const;

const RankTableInput = builder.inputType('RankTableInput', {
  isOneOf: true,
  description:
    'A table of networks whose accuracies are known: exactly one of these. Columns: `predicted`, ' +
    '`accuracy`, and the costs as `params` and `macs` (`flopsTool` if wanted), or an `architecture` or ' +
    '`encoding` on which they are counted. Other columns are left alone. Up to 10,000 rows.',
  fields: (t) => ({
    csv: t.string({ description: 'CSV with a line of column names.' }),
    json: t.string({ description: 'JSON, a list of objects.' }),
  }),
});

builder.queryField('rankReport', (t) =>
  t.field({
    type: RankReportObject,
    description:
      'The report of an audit for an imported table of networks. The published ranking experiment is ' +
      "one: 23 networks of `dna-rank4`, where plain macs order better than DNA's ratings.",
    args: {
      table: t.arg({ type: RankTableInput, required: true, description: 'The networks.' }),
      space: t.arg.string({ description: 'Space of the encodings: a preset or a text.' }),
      options: t.arg({
        type: RankOptionsInput,
        required: true,
        defaultValue: rankDefaults,
        description: 'How the report is made.',
      }),
      ...taskArgs(t),
    },
    resolve: (_root, { table, space, options, ...task }, { solver }) =>
      tableReport(table, { space: space ?? undefined, task: checkedTask(task), options }, solver),
  }),
);
