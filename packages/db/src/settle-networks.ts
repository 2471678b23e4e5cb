import type { Failure, JobState } from '@blockwise/contracts';
import { toTrainedRow } from './from-network-rows.ts';
import { toFailure } from './from-rows.ts';
import type { NetworkModel } from './generated/models.ts';
import { unfinished } from './job-rows.ts';
import { enterTeamBoards } from './leaderboard/enter.ts';
import type { Queue } from './queue.ts';
import type { SearchTransaction } from './search-transaction.ts';

/** Fewer networks have no ranking worth the name. */
export const leastAudited = 4;

/**
 * Called when a training has ended, however: after a network's last one its mean, and its places on
 * the team's leaderboards; after an audit's last one the audit's end.
 */
export async function settleNetwork(
  transaction: SearchTransaction,
  queue: Queue,
  networkId: string,
): Promise<void> {
  const { tx } = transaction;
  const network = await tx.network.findUniqueOrThrow({ where: { id: networkId } });
  await recordMean(transaction, queue, network);
  if (network.auditId !== null) {
    await settleAudit(transaction, network.auditId);
  }
}

/** The mean over the trainings that worked, once none is under way. */
export async function recordMean(
  transaction: SearchTransaction,
  queue: Queue,
  { id, testedAt }: Pick<NetworkModel, 'id' | 'testedAt'>,
): Promise<void> {
  const { tx } = transaction;
  const open = await tx.job.count({
    where: { networkId: id, kind: 'retrain', state: { in: unfinished } },
  });
  const retrainings = await tx.retraining.findMany({
    where: { networkId: id },
    orderBy: { position: 'asc' },
  });
  const trained = retrainings.map(toTrainedRow).filter((row) => row !== null);
  const [first] = trained;
  if (open > 0 || first === undefined || testedAt !== null) {
    return;
  }
  const { mean, deviation } = describe(trained.map(({ top1 }) => top1));
  const row = await tx.network.update({
    where: { id },
    data: { top1: mean, top1Deviation: deviation, sha256: first.sha256, testedAt: new Date() },
  });
  // Networks drawn at random for an audit are not what anybody looked for.
  if (row.origin !== 'AUDIT') {
    await enterTeamBoards(transaction, queue, id);
  }
}

/** The deviation is that of a sample (n − 1); a single value has none. */
function describe(values: readonly number[]): { mean: number; deviation: number | null } {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: n < 2 ? null : Math.sqrt(squares / (n - 1)) };
}

/** Ends an audit none of whose trainings is under way any more. */
export async function settleAudit(transaction: SearchTransaction, auditId: string): Promise<void> {
  const { tx, emit } = transaction;
  const open = await tx.job.count({
    where: { network: { auditId }, kind: 'retrain', state: { in: unfinished } },
  });
  if (open > 0) {
    return;
  }
  const drawn = await tx.network.count({ where: { auditId } });
  const trained = await tx.network.count({ where: { auditId, testedAt: { not: null } } });
  if (trained >= leastAudited) {
    await changeAudit(transaction, auditId, 'COMPLETE', null);
    if (trained < drawn) {
      const text = `${trained} of the audit's ${drawn} networks could be trained; the others are left out.`;
      emit({ kind: 'MESSAGE', level: 'WARNING', text });
    }
    return;
  }
  const failed = await tx.job.findFirst({
    where: { network: { auditId }, kind: 'retrain', failureCode: { not: null } },
    orderBy: { finishedAt: 'asc' },
  });
  const cause = toFailure(failed?.failureCode ?? null, failed?.failureMessage ?? null);
  await changeAudit(transaction, auditId, 'FAILED', {
    code: cause?.code ?? 'CANCELLED',
    message:
      `Only ${trained} of ${drawn} networks could be trained, and an audit needs ${leastAudited}.` +
      (cause === null ? '' : ` The first to fail: ${cause.message}`),
  });
}

export async function changeAudit(
  { tx, emit }: SearchTransaction,
  auditId: string,
  state: JobState,
  failure: Failure | null,
): Promise<void> {
  await tx.audit.update({
    where: { id: auditId },
    data: {
      state,
      ...(state === 'RUNNING' ? {} : { finishedAt: new Date() }),
      failureCode: failure?.code ?? null,
      failureMessage: failure?.message ?? null,
    },
  });
  emit({ kind: 'AUDIT_CHANGED', auditId, state });
}
