import { DomainError, type EntryCost, networkTraining } from '@blockwise/contracts';
import { toNetworkRow, toTrainedRow } from '../from-network-rows.ts';
import type { Prisma } from '../generated/client.ts';
import type { EntrySubject } from './rows.ts';

/** A network that may enter boards. */
export interface Candidate {
  readonly networkId: string;
  readonly searchId: string;
  readonly teamId: string;
  readonly datasetHash: string;
  readonly subject: EntrySubject;
}

/**
 * What an entry of a tested network shows, described as the first training that worked.
 *
 * @throws DomainError NOT_READY when it has not been trained and tested
 */
export async function describeNetwork(
  tx: Prisma.TransactionClient,
  networkId: string,
): Promise<Candidate> {
  const row = await tx.network.findUniqueOrThrow({
    where: { id: networkId },
    include: {
      retrainings: { orderBy: { position: 'asc' } },
      search: { select: { teamId: true, teacher: true, dataset: { select: { hash: true } } } },
    },
  });
  const { retrainings, search, ...own } = row;
  const network = toNetworkRow(own);
  const tested = retrainings.flatMap((retraining) => {
    const trained = toTrainedRow(retraining);
    return trained === null ? [] : [{ seed: retraining.seed, trained }];
  });
  const [first] = tested;
  const [{ training } = { training: null }] = retrainings;
  if (network.top1 === null || first === undefined || search.dataset === null) {
    throw new DomainError('NOT_READY', 'The network has not been trained and tested yet.', {
      path: ['network'],
    });
  }
  const { params, macs, flopsTool, activationBytes, architecture } = first.trained;
  return {
    networkId,
    searchId: network.searchId,
    teamId: search.teamId,
    datasetHash: search.dataset.hash,
    subject: {
      ...{ architecture, params, macs, flopsTool, activationBytes },
      latencyMs: network.latencyMs,
      top1: network.top1,
      top1Deviation: network.top1Deviation,
      teacherTop1: search.teacher?.top1 ?? null,
      predictedRank: network.rank,
      predictedLoss: network.loss,
      training: networkTraining.parse(training),
      trainings: tested.map(({ seed, trained }) => ({
        seed,
        architecture: trained.architecture,
        top1: trained.top1,
        sha256: trained.sha256,
      })),
      costs: await costsOf(tx, network),
    },
  };
}

/**
 * Seconds of trainers' slots by engine and device: everything of the search up to the exact search,
 * and the network's own trainings. Attempts under way do not count yet. A teacher that was taken
 * over from another search cost that search.
 */
async function costsOf(
  tx: Prisma.TransactionClient,
  { id, searchId }: { id: string; searchId: string },
): Promise<EntryCost[]> {
  return tx.$queryRaw<EntryCost[]>`
    SELECT run.engine, run.device, run.on_gpu AS "onGpu",
      sum(extract(epoch FROM run.finished_at - run.started_at))::float8 AS seconds
    FROM run JOIN job ON job.id = run.job_id JOIN search ON search.id = job.search_id
    WHERE job.search_id = ${searchId}::uuid AND run.finished_at IS NOT NULL
      AND (
        job.kind = 'retrain' AND job.network_id = ${id}::uuid
        OR job.kind NOT IN ('retrain', 'cut', 'export', 'verify', 'maps')
          -- Not what was measured for it later.
          AND job.created_at <= coalesce(search.finished_at, 'infinity')
      )
    GROUP BY 1, 2, 3 ORDER BY seconds DESC, engine, device`;
}
