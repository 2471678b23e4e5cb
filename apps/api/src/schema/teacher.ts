import { recipeDifferences, recipes } from '@blockwise/contracts';
import { teacherTraining } from '../teacher-training.ts';
import { builder } from './builder.ts';
import { CutObject } from './cut.ts';
import { RecipeObject } from './recipe.ts';
import { RecipeDifferenceObject } from './recipe-difference.ts';
import { ExportObject, TeacherObject } from './refs.ts';
import { searchParts } from './search-parts.ts';
import { TeacherKindEnum } from './spec-enums.ts';
import { testedFields } from './tested-fields.ts';

builder.node(TeacherObject, {
  description: 'The network whose features supervise every block of the search.',
  id: { resolve: ({ searchId }) => searchId },
  loadWithoutCache: (id, { loaders }) => loaders.teacher.load(id),
  fields: (t) => ({
    ...searchParts(t),
    kind: t.expose('kind', {
      type: TeacherKindEnum,
      description: 'Where it came from; one of another search has the kind it had there.',
    }),
    architecture: t.exposeString('architecture', {
      description: 'The network in the grammar; of a LayersModel the name of the model.',
    }),
    params: t.expose('params', { type: 'BigInt', description: 'Learnable scalars.' }),
    macs: t.expose('macs', {
      type: 'BigInt',
      nullable: true,
      description:
        'Multiply-accumulates of convolutions and linear layers per image; null for a LayersModel.',
    }),
    top1: t.exposeFloat('top1', {
      nullable: true,
      description:
        'Accuracy on the test part: share of images whose first guess is right, 0 to 1. Measured ' +
        "before its features are used; null when its classes are not the data's.",
    }),
    testCount: t.exposeInt('testCount', {
      description: 'Images that `top1` was measured on; 0 when it was not.',
    }),
    ...testedFields(t, async ({ searchId }, { loaders }) => ({
      searchId,
      confusion: await loaders.confusionOfTeacher.load(searchId),
    })),
    recipe: t.field({
      type: RecipeObject,
      nullable: true,
      description: 'The recipe of its training; null where it came trained from a file.',
      resolve: async ({ searchId }, _args, { loaders }) => {
        const name = (await teacherTraining(searchId, loaders))?.training.recipe;
        return name && { name, ...recipes[name] };
      },
    }),
    differences: t.field({
      type: [RecipeDifferenceObject],
      nullable: true,
      description: 'Where its training departs from the recipe; null without one.',
      resolve: async ({ searchId }, _args, { loaders }) => {
        const trained = await teacherTraining(searchId, loaders);
        return trained && recipeDifferences(trained.training, trained.imageSize);
      },
    }),
    sha256: t.exposeString('sha256', { description: 'SHA-256 (hex) of the stored weights.' }),
    exports: t.field({
      type: [ExportObject],
      description: 'Its weights as files, as far as they were asked for.',
      resolve: (teacher, _args, { loaders }) => loaders.exportsOfTeacher(teacher),
    }),
    cuts: t.field({
      type: [CutObject],
      description: "Cut points: the stem's output, then the output of every block.",
      resolve: (teacher) => [...teacher.cuts],
    }),
  }),
});
