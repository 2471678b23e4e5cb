import type { RecipesQuery, SearchDetail } from '@blockwise/client';

type Recipe = Pick<RecipesQuery['recipes'][number], 'name' | 'epochs'>;

/**
 * Seconds that one epoch of a network of this search took on a trainer, the mean over its tested
 * trainings; undefined where there are none.
 */
export function secondsPerEpoch(
  { jobs, networks, requested }: Pick<SearchDetail, 'jobs' | 'networks' | 'requested'>,
  recipes: readonly Recipe[],
): number | undefined {
  const trainings = [...networks, ...requested].flatMap(({ retrainings }) => retrainings);
  const seconds = jobs.flatMap(({ kind, state, startedAt, finishedAt, retraining }) => {
    const training = trainings.find(({ id }) => id === retraining?.id);
    if (kind !== 'RETRAIN' || state !== 'COMPLETE' || !startedAt || !finishedAt || !training) {
      return [];
    }
    const used = training.differences.find(({ field }) => field === 'epochs')?.used;
    const epochs = Number(
      used ?? recipes.find(({ name }) => name === training.recipe.name)?.epochs,
    );
    const took = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
    return epochs > 0 ? [took / epochs] : [];
  });
  if (seconds.length === 0) return undefined;
  return seconds.reduce((sum, each) => sum + each, 0) / seconds.length;
}
