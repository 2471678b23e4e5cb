import type { Handler } from './handler.ts';
import { cellRequest } from './inputs.ts';

/** Distils one cell's supernet. */
export const distil: Handler = async (run) => {
  const { attempt, artifacts } = run;
  const { spec } = attempt.search;
  const request = await cellRequest(run);
  const { weights, finalLoss, steps } = await run.train('distil', {
    ...request,
    distil: spec.distil,
    measure: spec.rating.measure,
    seed: spec.seed,
  });
  await attempt.completeDistil({ ...(await artifacts.put(weights)), finalLoss, steps });
};
