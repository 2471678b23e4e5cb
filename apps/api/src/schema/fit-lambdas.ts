import type { FittedLambdas } from '@blockwise/dna';
import { fitAudit } from '../ranking/fit-audit.ts';
import { subject } from '../rights/subject.ts';
import { builder } from './builder.ts';

const CrossValidationObject = builder
  .objectRef<FittedLambdas['fitted']>('CrossValidation')
  .implement({
    description: 'How well accuracies are predicted of networks that a fit has not seen.',
    fields: (t) => ({
      rmse: t.exposeFloat('rmse', { description: 'Root of the mean squared error of top-1.' }),
      tau: t.exposeFloat('tau', {
        nullable: true,
        description: "Kendall's τ of predictions and accuracies; null where it has no value.",
      }),
    }),
  });

const LambdaFitObject = builder.objectRef<FittedLambdas>('LambdaFit').implement({
  description:
    'Block weights λ that predict the accuracies of trained networks: accuracy ≈ intercept − slope · ' +
    'Σ λ · loss, by ridge regression with weights of at least 0 (as DONNA).',
  fields: (t) => ({
    lambdas: t.exposeFloatList('lambdas', {
      description: 'At least 0, with mean 1, as `solve` takes them.',
    }),
    slope: t.exposeFloat('slope', {
      description: "0 where no block's loss says anything about the accuracies.",
    }),
    intercept: t.exposeFloat('intercept', { description: 'Accuracy at loss 0.' }),
    ridge: t.exposeFloat('ridge', {
      description: 'Strength of the ridge: the one of least cross-validated error.',
    }),
    fitted: t.expose('fitted', {
      type: CrossValidationObject,
      description: 'Cross-validated error of the fitted weights.',
    }),
    equal: t.expose('equal', {
      type: CrossValidationObject,
      description: 'The same with every λ 1, to compare.',
    }),
  }),
});

builder.queryField('fitLambdas', (t) =>
  t.field({
    type: LambdaFitObject,
    description:
      'Fits block weights λ on the tested networks of an audit. NOT_READY with fewer than four.',
    args: {
      audit: t.arg.id({ required: true, description: 'Id of the audit.' }),
      folds: t.arg.int({
        description:
          'Parts of the cross-validation; if not given, one for each network, or 10 for more than 30.',
      }),
      seed: t.arg.int({
        required: true,
        defaultValue: 0,
        description: 'Seed of the random parts.',
      }),
    },
    resolve: async (_root, { audit, ...asked }, context) =>
      fitAudit((await subject(context, 'RankingAudit', audit, ['audit'])).id, asked, context),
  }),
);
