import type { Attempt } from '../attempt/attempt.ts';
import type { Database } from '../database.ts';
import { readRetraining } from '../networks.ts';

/** Where exported weights come from; nothing in it changes when the export is made again. */
export async function exportLineage(
  db: Database,
  {
    search,
    teacher,
    network,
    dataset,
    export: order,
  }: Pick<Attempt, 'search' | 'teacher' | 'network' | 'dataset' | 'export'>,
) {
  if (order === null) return null;
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
