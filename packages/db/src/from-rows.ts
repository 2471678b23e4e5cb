import {
  type DatasetInfo,
  datasetInfo,
  type ErrorCode,
  errorCodes,
  type Failure,
  latencySpec,
  searchSpec,
} from '@blockwise/contracts';
import type * as models from './generated/models.ts';
import type {
  CellRow,
  Checkpoint,
  CutShape,
  DatasetRow,
  JobRow,
  LatencyTableRow,
  RunRow,
  SearchRow,
  StoredSamples,
  TeacherKind,
  TeacherRow,
} from './rows.ts';

/** Prisma's rows become the package's own here, so that its types stop at this package. */
export function toSearchRow(row: models.SearchModel): SearchRow {
  const { failureCode, failureMessage, ...rest } = row;
  return {
    ...rest,
    spec: searchSpec.parse(row.spec),
    spaceSize: BigInt(row.spaceSize),
    failure: toFailure(failureCode, failureMessage),
  };
}

export function toDatasetInfo(row: models.DatasetModel): DatasetInfo {
  const { searchId: _, visibility: __, samplesSha256, sampleColumns, sampleLabels, ...info } = row;
  return datasetInfo.parse(info);
}

export function toDatasetRow(row: models.DatasetModel): DatasetRow {
  const { searchId, visibility } = row;
  return { searchId, visibility, samples: toSamples(row), ...toDatasetInfo(row) };
}

function toSamples({
  samplesSha256: sha256,
  sampleColumns: columns,
  sampleLabels: labels,
}: models.DatasetModel): StoredSamples | null {
  return sha256 === null || columns === null ? null : { sha256, columns, labels };
}

export function toTeacherRow(row: models.TeacherModel): TeacherRow {
  return {
    ...row,
    kind: toTeacherKind(row.kind),
    params: Number(row.params),
    macs: row.macs === null ? null : Number(row.macs),
    cuts: row.cuts as unknown as CutShape[],
  };
}

const teacherKinds: readonly string[] = [
  'train',
  'timm',
  'layersModel',
  'network',
] satisfies TeacherKind[];

function toTeacherKind(kind: string): TeacherKind {
  if (!teacherKinds.includes(kind)) {
    throw new Error(`a row holds the unknown kind of teacher ${kind}`);
  }
  return kind as TeacherKind;
}

export function toCellRow(row: models.CellModel): CellRow {
  return row;
}

export function toJobRow(row: models.JobModel): JobRow {
  return {
    id: row.id,
    searchId: row.searchId,
    kind: row.kind,
    cellId: row.cellId,
    networkId: row.networkId,
    retrainingId: row.retrainingId,
    latencyTableId: row.latencyTableId,
    exportId: row.exportId,
    entryId: row.entryId,
    featureMapsId: row.featureMapsId,
    state: row.state,
    attempt: row.attempt,
    retries: row.retries,
    requestId: row.requestId,
    traceparent: row.traceparent,
    progress: {
      done: row.done,
      total: row.total,
      unit: row.unit,
      perSecond: row.perSecond,
      note: row.note,
    },
    checkpoint: toCheckpoint(row.checkpointSha256, row.checkpointStep),
    earlierCheckpoint: toCheckpoint(row.earlierCheckpointSha256, row.earlierCheckpointStep),
    failure: toFailure(row.failureCode, row.failureMessage),
    createdAt: row.createdAt,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt,
  };
}

function toCheckpoint(sha256: string | null, step: number | null): Checkpoint | null {
  return sha256 === null || step === null ? null : { sha256, step };
}

export function toRunRow(row: models.RunModel & { trainer: { name: string } }): RunRow {
  const { failureCode, failureMessage, trainer, versions, ...withFeatures } = row;
  const {
    featureHits,
    featureMisses,
    featureBytesRead,
    featureSeconds,
    featureSavedSeconds,
    ...rest
  } = withFeatures;
  const isUsed = featureHits !== null && featureMisses !== null;
  return {
    ...rest,
    featureUse: isUsed
      ? {
          hits: Number(featureHits),
          misses: Number(featureMisses),
          bytesRead: Number(featureBytesRead),
          seconds: featureSeconds ?? 0,
          savedSeconds: featureSavedSeconds,
        }
      : null,
    trainerName: trainer.name,
    versions: versions as Record<string, string>,
    failure: toFailure(failureCode, failureMessage),
  };
}

export function toLatencyTableRow(row: models.LatencyTableModel): LatencyTableRow {
  const { id, searchId, createdAt, engine, device, batch, milliseconds, measuredAt } = row;
  const measured =
    engine === null || device === null || batch === null || measuredAt === null
      ? null
      : { engine, device, batch, measuredAt, milliseconds: milliseconds as Record<string, number> };
  return { id, searchId, createdAt, spec: latencySpec.parse(row.spec), measured };
}

/** The failure in a row's two columns. */
export function toFailure(code: string | null, message: string | null): Failure | null {
  if (code === null) {
    return null;
  }
  if (!isErrorCode(code)) {
    throw new Error(`a row holds the unknown failure code ${code}`);
  }
  return { code, message: message ?? '' };
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCodes, code);
}
