import { checkpointEverySeconds } from './checkpoints.ts';
import type { Handler } from './handler.ts';
import { dataRequest } from './inputs.ts';

/** Trains one found network from scratch and tests it. */
export const retrain: Handler = async (run) => {
  const { attempt, artifacts } = run;
  const { network, search } = attempt;
  if (!network) throw new Error(`job ${attempt.job.id} has no network`);
  const { networks: _, ...training } = search.spec.retrain;
  const { top1, weights } = await run.compute('retrain', {
    data: dataRequest(run),
    architecture: network.architecture,
    training,
    seed: network.seed,
    checkpointEverySeconds,
    resume: await run.resumePoint(),
  });
  await attempt.completeRetrain({ ...(await artifacts.put(weights)), top1 });
};
