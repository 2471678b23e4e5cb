import {
  type DatasetInfo,
  datasetInfo,
  type ErrorCode,
  errorCodes,
  type Failure,
  searchSpec,
} from '@blockwise/contracts';
import type * as models from './generated/models.ts';
import type {
  BlockChoice,
  CellRow,
  CostValues,
  CutShape,
  EntryRow,
  JobRow,
  NetworkRow,
  RunRow,
  SearchRow,
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
  const { searchId: _, ...info } = row;
  return datasetInfo.parse(info);
}

export function toTeacherRow(row: models.TeacherModel): TeacherRow {
  return {
    ...row,
    params: Number(row.params),
    macs: Number(row.macs),
    cuts: row.cuts as unknown as CutShape[],
  };
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
    state: row.state,
    attempt: row.attempt,
    retries: row.retries,
    progress: {
      done: row.done,
      total: row.total,
      unit: row.unit,
      perSecond: row.perSecond,
      note: row.note,
    },
    checkpoint:
      row.checkpointSha256 === null || row.checkpointStep === null
        ? null
        : { sha256: row.checkpointSha256, step: row.checkpointStep },
    failure: toFailure(row.failureCode, row.failureMessage),
    createdAt: row.createdAt,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt,
  };
}

export function toRunRow(row: models.RunModel & { trainer: { name: string } }): RunRow {
  const { failureCode, failureMessage, trainer, versions, ...rest } = row;
  return {
    ...rest,
    trainerName: trainer.name,
    versions: versions as Record<string, string>,
    failure: toFailure(failureCode, failureMessage),
  };
}

export function toNetworkRow(row: models.NetworkModel): NetworkRow {
  return { ...row, ...toCostValues(row), choices: row.choices as unknown as BlockChoice[] };
}

export function toEntryRow(row: models.EntryModel): EntryRow {
  const { teamId: _, ...rest } = row;
  return { ...rest, ...toCostValues(row) };
}

/** Counts fit a double exactly up to 2^53: 9 petamacs for one image. */
export function toCostValues(row: { params: bigint; macs: bigint; flopsTool: bigint }): CostValues {
  return {
    params: Number(row.params),
    macs: Number(row.macs),
    flopsTool: Number(row.flopsTool),
  };
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
