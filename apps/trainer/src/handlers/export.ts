import { normalisationOf } from '@blockwise/datasets';
import { type ExportRow, readRetraining } from '@blockwise/db';
import type { JobRun } from '../job-run.ts';
import type { Handler } from './handler.ts';
import { normalisationChoice } from './normalisation-choice.ts';

/** Makes weights into files of every format. */
export const exportWeights: Handler = async (run) => {
  const { attempt, artifacts, db } = run;
  const { dataset, search, job, export: order } = attempt;
  if (!dataset || !order) throw new Error(`job ${job.id} has nothing to export`);
  const { mean, std } = normalisationOf(dataset, await normalisationChoice(db, search.spec));
  const { archives } = await run.compute('export', {
    ...{ architecture: order.architecture, weights: await artifacts.get(order.weightsSha256) },
    ...{ classes: dataset.classes, imageSize: dataset.size, mean, std },
    lineage: await lineageOf(run, order),
  });
  const files = [];
  for (const { format, bytes } of archives) {
    files.push({ format, ...(await artifacts.put(bytes)) });
  }
  await attempt.completeExport({ files });
};

/** Where the weights come from; nothing in it changes when the export is made again. */
async function lineageOf({ attempt, db }: JobRun, order: ExportRow) {
  const { search, teacher, network, dataset } = attempt;
  const { source, networkId, retrainingId, weightsSha256 } = order;
  const retraining = retrainingId === null ? null : await readRetraining(db, retrainingId);
  const top1 = {
    TRAINED: retraining?.trained?.top1,
    CUT: network?.cut?.top1,
    TEACHER: teacher?.top1,
  };
  return {
    source,
    ...{ searchId: search.id, searchName: search.name, networkId, retrainingId },
    ...{ weightsSha256, datasetHash: dataset?.hash, top1: top1[source] ?? null },
    training: retraining && { ...retraining.training, seed: retraining.seed },
  };
}
