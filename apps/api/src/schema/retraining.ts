import { recipeDifferences, recipes } from '@blockwise/contracts';
import type { JobRow, RetrainingRow } from '@blockwise/db';
import type { Loaders } from '../loaders.ts';
import { builder } from './builder.ts';
import { JobStateEnum } from './enums.ts';
import { RecipeObject } from './recipe.ts';
import { RecipeDifferenceObject } from './recipe-difference.ts';
import { JobObject, NetworkObject, RetrainingObject } from './refs.ts';
import { WeightInitEnum } from './spec-enums.ts';
import { testedFields } from './tested-fields.ts';

builder.node(RetrainingObject, {
  description: 'One training of a network with one seed, and its test.',
  id: { resolve: (retraining) => retraining.id },
  loadWithoutCache: (id, { loaders }) => loaders.retraining.load(id),
  fields: (t) => ({
    seed: t.exposeInt('seed', { description: 'Seed of weights, order and augmentation.' }),
    spec: t.field({
      type: 'JSON',
      description: 'How it is trained, with all defaults filled in.',
      resolve: ({ training }) => training,
    }),
    recipe: t.field({
      type: RecipeObject,
      description: 'The published recipe that it follows.',
      resolve: ({ training }) => ({ name: training.recipe, ...recipes[training.recipe] }),
    }),
    differences: t.field({
      type: [RecipeDifferenceObject],
      description:
        'Where it departs from the recipe: to be read beside its accuracy. Seeds that are derived ' +
        "from the training's own for networks and repetitions are no departure.",
      resolve: async ({ training, networkId }, _args, { loaders }) => {
        const { searchId } = await loaders.requireNetwork(networkId);
        const { size } = await loaders.requireDataset(searchId);
        return recipeDifferences(training, size);
      },
    }),
    init: t.field({
      type: WeightInitEnum,
      description: 'Weights that it began with.',
      resolve: ({ training }) => training.init,
    }),
    globalDistil: t.field({
      type: 'JSON',
      nullable: true,
      description: 'The distillation from the teacher before it, or in its place; null for none.',
      resolve: ({ training }) => training.globalDistil,
    }),
    state: t.field({
      type: JobStateEnum,
      description: 'State of the training.',
      resolve: async (retraining, _args, { loaders }) =>
        (await jobOf(retraining, loaders))?.state ?? 'QUEUED',
    }),
    job: t.field({
      type: JobObject,
      nullable: true,
      description: 'The job that trains and tests it.',
      resolve: (retraining, _args, { loaders }) => jobOf(retraining, loaders),
    }),
    top1: t.float({
      nullable: true,
      description: 'Accuracy on the test part, 0 to 1; null until tested.',
      resolve: ({ trained }) => trained?.top1,
    }),
    ...testedFields(t, async ({ id, networkId }, { loaders }) => {
      const { searchId } = await loaders.requireNetwork(networkId);
      return { searchId, confusion: await loaders.confusionOfRetraining.load(id) };
    }),
    architecture: t.string({
      nullable: true,
      description:
        "The network as trained: with weights from the supernets it has the teacher's widths " +
        'between blocks. Null until tested.',
      resolve: ({ trained }) => trained?.architecture,
    }),
    params: t.field({
      type: 'BigInt',
      nullable: true,
      description: 'Learnable scalars, as trained.',
      resolve: ({ trained }) => trained?.params,
    }),
    macs: t.field({
      type: 'BigInt',
      nullable: true,
      description: 'Multiply-accumulates per image, as trained.',
      resolve: ({ trained }) => trained?.macs,
    }),
    sha256: t.string({
      nullable: true,
      description: 'SHA-256 (hex) of the trained weights; null until tested.',
      resolve: ({ trained }) => trained?.sha256,
    }),
    testedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was tested.',
      resolve: ({ trained }) => trained?.testedAt,
    }),
    network: t.field({
      type: NetworkObject,
      description: 'The network.',
      resolve: ({ networkId }, _args, { loaders }) => loaders.requireNetwork(networkId),
    }),
  }),
});

async function jobOf(
  { id, networkId }: RetrainingRow,
  loaders: Loaders,
): Promise<JobRow | undefined> {
  const jobs = await loaders.jobsOfNetwork(await loaders.requireNetwork(networkId));
  return jobs.find(({ retrainingId }) => retrainingId === id);
}
