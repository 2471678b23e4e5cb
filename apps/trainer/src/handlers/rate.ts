import type { Handler } from './handler.ts';
import { cellRequest } from './inputs.ts';

/** Rates all paths of one distilled cell. */
export const rate: Handler = async (run) => {
  const { attempt, artifacts } = run;
  const { cell, search } = attempt;
  if (!cell?.sha256) throw new Error(`job ${attempt.job.id} came before its cell was distilled`);
  const rated = await run.compute('rate', {
    ...(await cellRequest(run)),
    rating: search.spec.rating,
    weights: await artifacts.get(cell.sha256),
  });
  await attempt.completeRate(rated);
};
