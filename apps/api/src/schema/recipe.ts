import { type PublishedRecipe, recipeNames, recipes } from '@blockwise/contracts';
import { builder } from './builder.ts';
import { recipeFields as told } from './recipe-fields.ts';
import { AugmentEnum, OptimizerEnum, ScheduleEnum } from './spec-enums.ts';

interface RecipeValue extends PublishedRecipe {
  readonly name: string;
}

/** A published recipe under its name and version. */
export const RecipeObject = builder.objectRef<RecipeValue>('Recipe').implement({
  description:
    'A published way to train a classifier. A changed recipe gets a new version; an old one stays.',
  fields: (t) => ({
    name: t.exposeString('name', {
      description: 'Name and version, as a specification gives it: `dna-2020@1`.',
    }),
    version: t.int({
      description: 'Version of the recipe.',
      resolve: ({ name }) => Number(name.split('@')[1]),
    }),
    title: t.exposeString('title', { description: 'What it is.' }),
    source: t.exposeString('source', { description: 'Where its values come from.' }),
    epochs: t.exposeInt('epochs', { description: told.epochs }),
    batch: t.exposeInt('batch', { description: told.batch }),
    learningRate: t.exposeFloat('learningRate', { description: told.learningRate }),
    optimizer: t.expose('optimizer', { type: OptimizerEnum, description: told.optimizer }),
    momentum: t.exposeFloat('momentum', { description: told.momentum }),
    optimizerEpsilon: t.exposeFloat('optimizerEpsilon', { description: told.optimizerEpsilon }),
    weightDecay: t.exposeFloat('weightDecay', { description: told.weightDecay }),
    schedule: t.expose('schedule', { type: ScheduleEnum, description: told.schedule }),
    decay: t.exposeFloat('decay', { description: told.decay }),
    decayEpochs: t.exposeFloat('decayEpochs', { description: told.decayEpochs }),
    warmupEpochs: t.exposeFloat('warmupEpochs', { description: told.warmupEpochs }),
    warmupFrom: t.exposeFloat('warmupFrom', { description: told.warmupFrom }),
    labelSmoothing: t.exposeFloat('labelSmoothing', { description: told.labelSmoothing }),
    dropout: t.exposeFloat('dropout', { description: told.dropout }),
    dropPath: t.exposeFloat('dropPath', { description: told.dropPath }),
    augment: t.expose('augment', { type: AugmentEnum, description: told.augment }),
    mixup: t.exposeFloat('mixup', { description: told.mixup }),
    cutmix: t.exposeFloat('cutmix', { description: told.cutmix }),
    ema: t.exposeFloat('ema', { description: told.ema }),
    seed: t.exposeInt('seed', { description: told.seed }),
    imageSize: t.exposeInt('imageSize', { nullable: true, description: told.imageSize }),
  }),
});

builder.queryField('recipes', (t) =>
  t.field({
    type: [RecipeObject],
    description: 'The published recipes with every value and its source.',
    resolve: () => recipeNames.map((name) => ({ name, ...recipes[name] })),
  }),
);
