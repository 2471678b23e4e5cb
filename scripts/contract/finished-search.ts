import type { Caller, Data } from './caller.ts';

/** A complete search and ids of what belongs to it. */
export interface FinishedSearch {
  readonly id: string;
  readonly visibility: string;
  /** The cell with the fewest paths. */
  readonly cell: { readonly id: string; readonly candidateCount: number };
  /** Jobs that have curves. */
  readonly jobs: readonly { readonly id: string; readonly curveKeys: readonly string[] }[];
  /** The network that was predicted best. */
  readonly network: { readonly id: string; readonly encoding: string; readonly macs: string };
  readonly retraining: string | null;
  readonly audit: string | null;
  readonly blocks: number;
  /** By which a leaderboard knows its images. */
  readonly datasetHash: string;
}

const document = `query ($id: ID!) {
  search(id: $id) {
    id state visibility dataset { hash }
    blocks { cells { id candidateCount } }
    jobs(first: 100) { nodes { id curveKeys } }
    networks(first: 1) { nodes { id encoding macs retrainings { id } } }
    audits(filter: { states: [COMPLETE] }, first: 1) { nodes { id } }
  }
}`;

/** The search of the id, else the newest complete one that is seen; null when there is none. */
export async function findFinishedSearch(
  owner: Caller,
  id: string | undefined,
): Promise<FinishedSearch | null> {
  const wanted = id ?? (await newestComplete(owner));
  if (wanted === undefined) return null;
  const { search }: Data = await owner.ask(document, { id: wanted });
  if (search?.state !== 'COMPLETE') throw new Error(`${wanted} is no complete search.`);
  const cells = search.blocks.flatMap((block: Data) => block.cells);
  const [cell] = cells.sort((a: Data, b: Data) => a.candidateCount - b.candidateCount);
  const [network] = search.networks.nodes;
  return {
    id: search.id,
    visibility: search.visibility,
    cell,
    jobs: search.jobs.nodes.filter((job: Data) => job.curveKeys.length > 0),
    network,
    retraining: network.retrainings[0]?.id ?? null,
    audit: search.audits.nodes[0]?.id ?? null,
    blocks: search.blocks.length,
    datasetHash: search.dataset.hash,
  };
}

async function newestComplete(owner: Caller): Promise<string | undefined> {
  const { searches } = await owner.ask(
    '{ searches(filter: { states: [COMPLETE] }, first: 1) { nodes { id } } }',
  );
  return searches.nodes[0]?.id;
}
