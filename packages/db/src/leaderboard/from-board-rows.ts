import {
  datasetInfo,
  entryCost,
  entryImport,
  entryTraining,
  networkTraining,
} from '@blockwise/contracts';
import { toStoredCosts } from '../from-network-rows.ts';
import type * as models from '../generated/models.ts';
import type { EntryRow, LeaderboardRow } from './rows.ts';

export function toLeaderboardRow(row: models.LeaderboardModel): LeaderboardRow {
  const { datasetHash, datasetKind, imageSize, classCount, testCount } = row;
  const { budgetAxis, budgetMax, shareHash, ...rest } = row;
  return {
    id: rest.id,
    teamId: rest.teamId,
    name: rest.name,
    description: rest.description,
    dataset: {
      hash: datasetHash,
      kind: datasetInfo.shape.kind.parse(datasetKind),
      ...{ imageSize, classes: classCount, testCount },
    },
    metric: rest.metric,
    budget: budgetAxis === null || budgetMax === null ? null : { axis: budgetAxis, max: budgetMax },
    tolerance: rest.tolerance,
    visibility: rest.visibility,
    createdById: rest.createdById,
    isShared: shareHash !== null,
    eventCursor: rest.eventCursor,
    createdAt: rest.createdAt,
  };
}

const trainings = entryTraining.array();
const costs = entryCost.array();

export function toEntryRow(row: models.EntryModel): EntryRow {
  const { verifiedTop1, verifiedTop1s, verifiedAt, ...rest } = row;
  return {
    ...rest,
    ...toStoredCosts(row),
    training: networkTraining.parse(row.training),
    trainings: trainings.parse(row.trainings),
    costs: costs.parse(row.costs),
    imported: row.imported === null ? null : entryImport.parse(row.imported),
    verification:
      verifiedTop1 === null || verifiedAt === null
        ? null
        : { top1: verifiedTop1, top1s: verifiedTop1s as number[], at: verifiedAt },
  };
}
