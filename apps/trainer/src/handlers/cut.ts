import { cutRequest } from './cut-request.ts';
import type { Handler } from './handler.ts';
import { dataRequest } from './inputs.ts';

/** Cuts a found network's weights out of the supernets. */
export const cut: Handler = async (run) => {
  const { attempt, artifacts } = run;
  const { top1, architecture, weights } = await run.compute('cut', {
    ...(await cutRequest(run)),
    data: await dataRequest(run),
    seed: attempt.search.spec.seed,
  });
  await attempt.completeCut({ ...(await artifacts.put(weights)), architecture, top1 });
};
