import { DomainError } from '@blockwise/contracts';
import type { Database } from '../database.ts';
import { toExportRow, withFiles } from '../exports.ts';
import { toRetrainingRow } from '../from-network-rows.ts';
import { createJobs, unfinished } from '../job-rows.ts';
import { readNetwork } from '../networks.ts';
import type { Queue } from '../queue.ts';
import type { ExportRow, ExportSource } from '../rows.ts';
import type { SearchTransaction } from '../search-transaction.ts';
import { changeCompleteSearch } from './follow-up.ts';

/** A network's weights: of one of its trainings, the best one if none is named, or cut. */
export type NetworkWeights =
  | { readonly kind: 'TRAINED'; readonly retrainingId?: string | undefined }
  | { readonly kind: 'CUT' };

/**
 * Has a network's weights made into files of every format. There is one export of the same weights:
 * asking again answers with it, and only begins anew where its job failed or was cancelled.
 *
 * @throws DomainError NOT_FOUND; CONFLICT when the search is not COMPLETE; NOT_READY when the network
 *   has no such weights
 */
export async function requestNetworkExport(
  db: Database,
  queue: Queue,
  { networkId, weights }: { readonly networkId: string; readonly weights: NetworkWeights },
): Promise<ExportRow> {
  const network = await readNetwork(db, networkId);
  if (network === null) {
    throw new DomainError('NOT_FOUND', 'There is no such network.', { path: ['networkId'] });
  }
  return changeCompleteSearch(db, network.searchId, async (transaction) => {
    if (weights.kind === 'TRAINED') {
      const trained = await chosenTraining(transaction, networkId, weights.retrainingId);
      return startExport(transaction, queue, { source: 'TRAINED', networkId, ...trained });
    }
    const row = await transaction.tx.network.findUniqueOrThrow({ where: { id: networkId } });
    const { cutSha256, cutArchitecture } = row;
    if (cutSha256 === null || cutArchitecture === null) {
      throw new DomainError(
        'NOT_READY',
        "The network's weights have not been cut out of the supernets.",
        { path: ['networkId'] },
      );
    }
    return startExport(transaction, queue, {
      ...{ source: 'CUT', networkId, retrainingId: null },
      ...{ weightsSha256: cutSha256, architecture: cutArchitecture },
    });
  });
}

/**
 * As {@link requestNetworkExport}, for a search's teacher.
 *
 * @throws DomainError NOT_FOUND; CONFLICT when the search is not COMPLETE; BAD_INPUT for a LayersModel
 */
export async function requestTeacherExport(
  db: Database,
  queue: Queue,
  { searchId }: { readonly searchId: string },
): Promise<ExportRow> {
  return changeCompleteSearch(db, searchId, async (transaction) => {
    const { kind, sha256, architecture } = await transaction.tx.teacher.findUniqueOrThrow({
      where: { searchId },
    });
    if (kind === 'layersModel') {
      throw new DomainError(
        'BAD_INPUT',
        'The teacher is a LayersModel, which is not a network of the grammar: it is already in ' +
          'the form of TensorFlow.js, and has no other.',
        { path: ['searchId'] },
      );
    }
    return startExport(transaction, queue, {
      ...{ source: 'TEACHER', networkId: null, retrainingId: null },
      ...{ weightsSha256: sha256, architecture },
    });
  });
}

interface Order {
  readonly source: ExportSource;
  readonly networkId: string | null;
  readonly retrainingId: string | null;
  readonly weightsSha256: string;
  readonly architecture: string;
}

/** The named training of a network, or of those that were tested the first of the best. */
async function chosenTraining(
  { tx }: SearchTransaction,
  networkId: string,
  retrainingId: string | undefined,
): Promise<Pick<Order, 'retrainingId' | 'weightsSha256' | 'architecture'>> {
  const rows = await tx.retraining.findMany({ where: { networkId }, orderBy: { position: 'asc' } });
  const own = rows.filter(({ id }) => retrainingId === undefined || id === retrainingId);
  if (own.length === 0 && retrainingId !== undefined) {
    throw new DomainError('NOT_FOUND', 'The network has no such training.', {
      path: ['retrainingId'],
    });
  }
  const tested = own
    .map(toRetrainingRow)
    .flatMap(({ id, trained }) => (trained === null ? [] : [{ id, trained }]));
  const [best] = tested.sort((a, b) => b.trained.top1 - a.trained.top1);
  if (best === undefined) {
    throw new DomainError('NOT_READY', 'The network has not been trained and tested yet.', {
      path: [retrainingId === undefined ? 'networkId' : 'retrainingId'],
    });
  }
  const { sha256, architecture } = best.trained;
  return { retrainingId: best.id, weightsSha256: sha256, architecture };
}

async function startExport(
  transaction: SearchTransaction,
  queue: Queue,
  order: Order,
): Promise<ExportRow> {
  const { tx, search } = transaction;
  const earlier = await tx.export.findFirst({
    where: { ...order, searchId: search.id },
    include: withFiles,
  });
  const row =
    earlier ??
    (await tx.export.create({ data: { ...order, searchId: search.id }, include: withFiles }));
  const isUnderWay = await tx.job.count({
    where: { exportId: row.id, state: { in: [...unfinished, 'COMPLETE'] } },
  });
  if (isUnderWay === 0) {
    const of = order.networkId === null ? {} : { networkId: order.networkId };
    await createJobs(transaction, queue, [{ kind: 'export', exportId: row.id, ...of }]);
  }
  return toExportRow(row);
}
