import { auditSpec, networkTraining } from '@blockwise/contracts';
import { toFailure } from './from-rows.ts';
import type * as models from './generated/models.ts';
import type {
  AuditRow,
  BlockChoice,
  CountValues,
  CutRow,
  NetworkRow,
  RetrainingRow,
  StoredCosts,
  TrainedRow,
} from './rows.ts';

/** Rows about networks and their trainings; {@link toSearchRow} and its neighbours do the others. */
export function toNetworkRow(row: models.NetworkModel): NetworkRow {
  const { requestKey: _, cutSha256, cutArchitecture, cutTop1, ...rest } = row;
  return {
    ...rest,
    ...toStoredCosts(row),
    choices: toChoices(row.choices),
    cut: toCutRow(cutSha256, cutArchitecture, cutTop1),
  };
}

/** The choices in a row's JSON. */
export function toChoices(json: unknown): BlockChoice[] {
  return json as BlockChoice[];
}

export function toRetrainingRow(row: models.RetrainingModel): RetrainingRow {
  const { id, networkId, position, seed } = row;
  const training = networkTraining.parse(row.training);
  return { id, networkId, position, seed, training, trained: toTrainedRow(row) };
}

/** What a training ended with; null before. */
export function toTrainedRow(row: models.RetrainingModel): TrainedRow | null {
  const { architecture, top1, sha256, testedAt, params, macs, flopsTool, activationBytes } = row;
  if (testedAt === null) {
    return null;
  }
  if (
    architecture === null ||
    top1 === null ||
    sha256 === null ||
    params === null ||
    macs === null ||
    flopsTool === null
  ) {
    throw new Error(`the tested training ${row.id} is incomplete`);
  }
  const costs = toStoredCosts({ params, macs, flopsTool, activationBytes });
  return { architecture, top1, sha256, testedAt, ...costs };
}

export function toAuditRow(row: models.AuditModel): AuditRow {
  const { failureCode, failureMessage, ...rest } = row;
  return {
    ...rest,
    spec: auditSpec.parse(row.spec),
    failure: toFailure(failureCode, failureMessage),
  };
}

/** Counts fit a double exactly up to 2^53: 9 petamacs for one image. */
function toCountValues(row: { params: bigint; macs: bigint; flopsTool: bigint }): CountValues {
  return {
    params: Number(row.params),
    macs: Number(row.macs),
    flopsTool: Number(row.flopsTool),
  };
}

export function toStoredCosts(
  row: Parameters<typeof toCountValues>[0] & { activationBytes: bigint | null },
): StoredCosts {
  const { activationBytes } = row;
  return {
    ...toCountValues(row),
    activationBytes: activationBytes === null ? null : Number(activationBytes),
  };
}

function toCutRow(
  sha256: string | null,
  architecture: string | null,
  top1: number | null,
): CutRow | null {
  return sha256 === null || architecture === null ? null : { sha256, architecture, top1 };
}
