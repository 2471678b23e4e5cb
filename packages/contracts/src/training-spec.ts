import { z } from 'zod';
import { microBatch, type Recipe, recipe } from './recipe.ts';
import { recipeNames, recipes } from './recipes.ts';

/**
 * Training on labels: a published recipe, and the fields that differ from it. The size of the images
 * is the data's, whatever the recipe is meant for.
 */
export const trainingSpec = recipe
  .omit({ imageSize: true })
  .partial()
  .extend({
    recipe: z.enum(recipeNames).default('small@1'),
    microBatch: microBatch.default(null),
  });
export type TrainingSpec = z.infer<typeof trainingSpec>;

/** A field in which a training differs from its recipe. */
export interface RecipeDifference {
  readonly field: keyof Recipe;
  readonly recipe: Recipe[keyof Recipe];
  readonly used: Recipe[keyof Recipe];
}

const fields = Object.keys(recipe.shape) as (keyof Recipe)[];

/** The recipe that a training follows, its own fields over the published ones. */
export function recipeOf(training: TrainingSpec): Recipe {
  const published = recipes[training.recipe];
  const own: Partial<Recipe> = training;
  return recipe.parse(
    Object.fromEntries(fields.map((field) => [field, own[field] ?? published[field]])),
  );
}

/**
 * Where a training departs from its recipe.
 *
 * @param imageSize side of the images it saw, pixels
 */
export function recipeDifferences(training: TrainingSpec, imageSize: number): RecipeDifference[] {
  const published: Recipe = recipes[training.recipe];
  const used: Recipe = { ...recipeOf(training), imageSize };
  return fields
    .filter((field) => used[field] !== published[field])
    .filter((field) => field !== 'imageSize' || published.imageSize !== null)
    .map((field) => ({ field, recipe: published[field], used: used[field] }));
}
