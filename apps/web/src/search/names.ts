import type { SearchDetail } from '@blockwise/client';

type Job = SearchDetail['jobs'][number];
type Cell = SearchDetail['blocks'][number]['cells'][number];

/** Every cell of the search, block by block. */
export function cellsOf(search: Pick<SearchDetail, 'blocks'>): Cell[] {
  return search.blocks.flatMap((block) => block.cells);
}

type Named = Pick<SearchDetail, 'networks' | 'requested'>;

/** True for the training of a network that was drawn for an audit. */
export function isOfAudit(search: Named, job: Job): boolean {
  return job.kind === 'RETRAIN' && networkOfJob(search, job) === undefined;
}

/** The found or asked-for network that a job trains; its seed where it is trained with several. */
export function networkOfJob(
  search: Named,
  job: Job,
): { place: number; isRequested: boolean; seed: number | undefined } | undefined {
  const requested = search.requested.findIndex(({ id }) => id === job.network?.id);
  const network =
    search.requested[requested] ?? search.networks.find(({ id }) => id === job.network?.id);
  if (network === undefined) return undefined;
  const training = network.retrainings.find(({ id }) => id === job.retraining?.id);
  return {
    place: requested < 0 ? (network.predictedRank ?? 0) : requested + 1,
    isRequested: requested >= 0,
    seed: network.retrainings.length < 2 ? undefined : training?.seed,
  };
}
