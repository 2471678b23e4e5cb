import type { Handler } from './handler.ts';
import { dataRequest } from './inputs.ts';

/** Evaluates the weights of every training of a leaderboard's entry on the board's data. */
export const verify: Handler = async (run) => {
  const { attempt, artifacts } = run;
  const { entry, job } = attempt;
  if (!entry) throw new Error(`job ${job.id} has no entry`);
  const data = { ...(await dataRequest(run)), expectedHash: entry.datasetHash };
  const top1s: number[] = [];
  for (const { architecture, sha256 } of entry.trainings) {
    const weights = await artifacts.get(sha256);
    top1s.push((await run.compute('verify', { data, architecture, weights })).top1);
  }
  await attempt.completeVerify({ datasetHash: entry.datasetHash, top1s });
};
