import { normalisationOf } from '@blockwise/datasets';
import type { Handler } from './handler.ts';

/** Makes weights into files of every format. */
export const exportWeights: Handler = async (run) => {
  const { attempt, artifacts } = run;
  const { dataset, job, inputs, export: order } = attempt;
  if (!dataset || !order) throw new Error(`job ${job.id} has nothing to export`);
  const { mean, std } = normalisationOf(dataset, await inputs.normalisation());
  const { archives } = await run.compute('export', {
    ...{ architecture: order.architecture, weights: await artifacts.get(order.weightsSha256) },
    ...{ classes: dataset.classes, imageSize: dataset.size, mean, std },
    lineage: await inputs.lineage(),
  });
  const files = [];
  for (const { format, bytes } of archives) {
    files.push({ format, ...(await artifacts.put(bytes)) });
  }
  await attempt.completeExport({ files });
};
