import type { Client } from './client.ts';
import {
  type AuditDetailFragment,
  type JobDetailFragment,
  type LatencyTableDetailFragment,
  MoreAuditsDocument,
  MoreJobsDocument,
  MoreLatencyTablesDocument,
  MoreNetworksDocument,
  type NetworkDetailFragment,
  type NetworkOrigin,
  SearchDetailDocument,
  type SearchDetailQuery,
} from './generated/graphql.ts';

type Answered = NonNullable<SearchDetailQuery['search']>;

/** A search with its lists to the end. */
export interface SearchDetail
  extends Omit<Answered, 'jobs' | 'networks' | 'requested' | 'audits' | 'latencyTables'> {
  /** By phase, then the oldest first. */
  readonly jobs: readonly JobDetailFragment[];
  /** Found by the search, the one that is predicted best first. */
  readonly networks: readonly NetworkDetailFragment[];
  /** Those that somebody asked for, in that order. */
  readonly requested: readonly NetworkDetailFragment[];
  /** Oldest first. */
  readonly audits: readonly AuditDetailFragment[];
  /** Oldest first, those still to be measured included. */
  readonly latencyTables: readonly LatencyTableDetailFragment[];
}

/** A page of a list as this client's documents ask for it. */
interface Page<Node> {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
  readonly nodes: readonly Node[];
}

/**
 * Everything that a search's page or a terminal shows, or null when there is no such search. Subscribe
 * after its `cursor` and nothing is missed: it is read before what comes on later pages.
 *
 * @throws ClientError
 */
export async function readSearch(
  client: Client,
  id: string,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<SearchDetail | null> {
  const { search } = await client.request(SearchDetailDocument, { id }, { signal });
  if (search == null) return null;
  const more = (origin: NetworkOrigin) => async (after: string) => {
    const answer = await client.request(MoreNetworksDocument, { id, origin, after }, { signal });
    return answer.search?.networks;
  };
  const moreJobs = async (after: string) => {
    const answer = await client.request(MoreJobsDocument, { id, after }, { signal });
    return answer.search?.jobs;
  };
  const moreAudits = async (after: string) => {
    const answer = await client.request(MoreAuditsDocument, { id, after }, { signal });
    return answer.search?.audits;
  };
  const moreTables = async (after: string) => {
    const answer = await client.request(MoreLatencyTablesDocument, { id, after }, { signal });
    return answer.search?.latencyTables;
  };
  const [jobs, networks, requested, audits, latencyTables] = await Promise.all([
    toTheEnd(search.jobs, moreJobs),
    toTheEnd(search.networks, more('SOLVED')),
    toTheEnd(search.requested, more('REQUESTED')),
    toTheEnd(search.audits, moreAudits),
    toTheEnd(search.latencyTables, moreTables),
  ]);
  return { ...search, jobs, networks, requested, audits, latencyTables };
}

/** The nodes of a page and of all behind it; those of a search that is gone meanwhile end there. */
async function toTheEnd<Node>(
  first: Page<Node>,
  more: (after: string) => Promise<Page<Node> | undefined>,
): Promise<Node[]> {
  const nodes = [...first.nodes];
  let page: Page<Node> | undefined = first;
  while (page?.pageInfo.hasNextPage && page.pageInfo.endCursor) {
    page = await more(page.pageInfo.endCursor);
    nodes.push(...(page?.nodes ?? []));
  }
  return nodes;
}
