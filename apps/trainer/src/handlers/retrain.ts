import { checkpointEverySeconds } from './checkpoints.ts';
import { cutRequest } from './cut-request.ts';
import type { Handler } from './handler.ts';
import { dataRequest, teacherRequest } from './inputs.ts';

/** Trains one network with one seed and tests it. */
export const retrain: Handler = async (run) => {
  const { attempt, artifacts } = run;
  const { network, retraining } = attempt;
  if (!network || !retraining) throw new Error(`job ${attempt.job.id} has no network`);
  const { training, seed } = retraining;
  const { weights, cost, ...trained } = await run.train('retrain', {
    data: await dataRequest(run),
    architecture: network.architecture,
    training,
    seed,
    cut: training.init === 'supernet' ? await cutRequest(run) : null,
    teacher: training.globalDistil === null ? null : await teacherRequest(run),
    onOutOfMemory: attempt.search.spec.onOutOfMemory,
    checkpointEverySeconds,
  });
  await attempt.completeRetrain({ ...trained, ...cost, ...(await artifacts.put(weights)) });
};
