import type { Handler } from './handler.ts';

/** Measures the latency of the space's layers on this trainer; the queue has seen to its engine. */
export const latency: Handler = async (run) => {
  const { attempt, engine } = run;
  const { dataset, latencyTable, search } = attempt;
  if (!dataset || !latencyTable) {
    throw new Error(`job ${attempt.job.id} has nothing to measure`);
  }
  const { batch, repeats } = latencyTable.spec;
  const { milliseconds } = await run.compute('latency', {
    space: search.spec.space,
    inputSize: dataset.size,
    classes: dataset.classes.length,
    batch,
    repeats,
  });
  const { name, device } = engine;
  await attempt.completeLatency({ engine: name, device, batch, milliseconds });
};
