import { DomainError } from '@blockwise/contracts';
import type { Handler } from './handler.ts';

/** Measures the latency of the space's layers on this trainer. */
export const latency: Handler = async (run) => {
  const { attempt, engine } = run;
  const { dataset, latencyTable, search } = attempt;
  if (!dataset || !latencyTable) {
    throw new Error(`job ${attempt.job.id} has nothing to measure`);
  }
  const { batch, repeats, engine: wanted } = latencyTable.spec;
  // The queue sees to it, save for jobs that an earlier version queued for whoever comes first.
  if (wanted !== null && wanted !== engine.name) {
    throw new DomainError(
      'ENGINE_UNAVAILABLE',
      `The latency of ${wanted} is to be measured, and this trainer runs ${engine.name}.`,
      { path: ['latency', 'engine'] },
    );
  }
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
