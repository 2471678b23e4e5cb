import { packConfusion } from '../confusions.ts';
import { specOf } from '../flow.ts';
import { settleNetwork } from '../settle-networks.ts';
import { trainNetworks } from '../train-networks.ts';
import type { CutResult, RetrainResult, SolveResult } from './attempt.ts';
import {
  type AttemptContext,
  checkFinite,
  completeAttempt,
  putArtifact,
  requireId,
} from './context.ts';

/** Records the chosen networks; each gets a retrain job for every seed. */
export async function completeSolve(
  context: AttemptContext,
  { networks }: SolveResult,
): Promise<void> {
  if (networks.length === 0) {
    throw new Error('a search without a network is a failure (INFEASIBLE), not a result');
  }
  await completeAttempt(context, 'solve', async (transaction) => {
    const { networks: _, ...training } = (await specOf(transaction)).retrain;
    transaction.emit({ kind: 'SEARCH_SOLVED', networks: networks.length });
    await trainNetworks(transaction, context.queue, networks, training, { origin: 'SOLVED' });
  });
}

/** Records one tested training; the last of its network records the mean. */
export async function completeRetrain(
  context: AttemptContext,
  { bytes, confusion, ...result }: RetrainResult,
): Promise<void> {
  checkFinite("the network's top-1", result.top1);
  const networkId = requireId(context.networkId, 'network');
  const retrainingId = requireId(context.retrainingId, 'training');
  await completeAttempt(context, 'retrain', async (transaction) => {
    const { tx, emit } = transaction;
    await putArtifact(tx, 'network', { sha256: result.sha256, bytes });
    await tx.retraining.update({
      where: { id: retrainingId },
      data: { ...result, testedAt: new Date() },
    });
    if (confusion !== null) {
      await tx.confusion.create({ data: { retrainingId, counts: packConfusion(confusion) } });
    }
    emit({ kind: 'NETWORK_TESTED', networkId, retrainingId, top1: result.top1 });
    await settleNetwork(transaction, context.queue, networkId);
  });
}

/** Records a network's weights as they were cut out of the supernets. */
export async function completeCut(
  context: AttemptContext,
  { sha256, bytes, architecture, top1 }: CutResult,
): Promise<void> {
  if (top1 !== null) {
    checkFinite("the cut network's top-1", top1);
  }
  const networkId = requireId(context.networkId, 'network');
  await completeAttempt(context, 'cut', async ({ tx, emit }) => {
    await putArtifact(tx, 'network', { sha256, bytes });
    await tx.network.update({
      where: { id: networkId },
      data: { cutSha256: sha256, cutArchitecture: architecture, cutTop1: top1 },
    });
    emit({ kind: 'NETWORK_CUT', networkId, top1 });
  });
}
