import { recipeOf } from '@blockwise/contracts';
import { createRandom, type LatencyTable } from '@blockwise/dna';
import type { JobRun } from '../job-run.ts';
import type { Handler } from './handler.ts';

/** Finds the best networks under the search's constraints from the stored ratings. */
export const solve: Handler = async (run) => {
  const { attempt } = run;
  const { dataset, search } = attempt;
  if (!dataset) throw new Error(`job ${attempt.job.id} came before its images were known`);
  const { spec } = search;
  const { seed } = recipeOf(spec.retrain);
  const { solutions } = await run.compute('solve', {
    space: spec.space,
    inputSize: dataset.size,
    classes: dataset.classes.length,
    ratings: await attempt.inputs.ratings(),
    constraints: spec.constraints,
    topK: spec.retrain.networks,
    minDistance: spec.solve.minDistance,
    lambdas: spec.solve.lambdas,
    latency: await measuredLatency(run),
  });
  await attempt.completeSolve({
    networks: solutions.map(({ arch, choices, loss, cost, latencyMs }, rank) => ({
      ...cost,
      architecture: arch,
      choices: choices.map(({ cell, path }) => ({ cell, path: [...path] })),
      loss,
      latencyMs: latencyMs ?? null,
      // Every training has its own, so that no network is lucky by the same start.
      seeds: Array.from({ length: spec.retrain.seeds }, (_, position) =>
        createRandom('retrain', spec.seed, seed, rank, position).int(2 ** 31),
      ),
    })),
  });
};

/** The search's own table; null when its specification asks for none. */
async function measuredLatency({ attempt }: JobRun): Promise<LatencyTable | null> {
  const { search } = attempt;
  if (search.spec.latency === null) return null;
  const measured = await attempt.inputs.latency();
  if (!measured) throw new Error(`job ${attempt.job.id} came before the latency was measured`);
  return measured;
}
