import { ratingsOf } from '@blockwise/db';
import { createRandom } from '@blockwise/dna';
import type { Handler } from './handler.ts';

/** Finds the best networks under the search's constraints from the stored ratings. */
export const solve: Handler = async (run) => {
  const { attempt, db } = run;
  const { dataset, search } = attempt;
  if (!dataset) throw new Error(`job ${attempt.job.id} came before its images were known`);
  const { spec } = search;
  const { solutions } = await run.compute('solve', {
    space: spec.space,
    inputSize: dataset.size,
    classes: dataset.classes.length,
    ratings: await ratingsOf(db, search.id),
    constraints: spec.constraints,
    topK: spec.retrain.networks,
  });
  await attempt.completeSolve({
    networks: solutions.map(({ arch, choices, loss, cost }, rank) => ({
      ...cost,
      architecture: arch,
      choices: choices.map(({ cell, path }) => ({ cell, path: [...path] })),
      loss,
      // Every network has its own, so that none is lucky by the same start.
      seed: createRandom('retrain', spec.seed, rank).int(2 ** 31),
    })),
  });
};
