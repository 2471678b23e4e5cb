import {
  type Client,
  MoreLatencyTablesDocument,
  MoreNetworksDocument,
  SearchChangesDocument,
  type SearchDetail,
} from '@blockwise/client';
import { mergeLists, mergeParts, mergeRows } from './merge-changes.ts';
import type { SearchChanges } from './search-changes.ts';

/** Ids that the API takes in one question. */
const rowsPerCall = 100;

type Merge = (search: SearchDetail) => SearchDetail;

/** Reads what has changed and nothing else; answers how a search looks with it. */
export async function readChanges(
  client: Client,
  id: string,
  { rows, parts, networks, latencyTables }: SearchChanges,
  signal: AbortSignal,
): Promise<Merge> {
  const readRows = async (some: readonly string[], withParts: boolean): Promise<Merge> => {
    const variables = { id, rows: [...some], parts: withParts };
    const { nodes, search: read } = await client.request(SearchChangesDocument, variables, {
      signal,
    });
    return (search) =>
      mergeRows(
        read == null ? search : mergeParts(search, read),
        nodes.filter((node) => node != null),
      );
  };
  const readNetworks = async (): Promise<Merge> => {
    const variables = { id, origin: 'SOLVED' as const };
    const answer = await client.request(MoreNetworksDocument, variables, { signal });
    return (search) => mergeLists(search, { networks: answer.search?.networks.nodes ?? [] });
  };
  const readTables = async (): Promise<Merge> => {
    const answer = await client.request(MoreLatencyTablesDocument, { id }, { signal });
    const read = answer.search?.latencyTables.nodes ?? [];
    return (search) => mergeLists(search, { latencyTables: read });
  };

  const ids = [...rows];
  // Parts are read once, beside the first rows.
  const count = Math.max(parts ? 1 : 0, Math.ceil(ids.length / rowsPerCall));
  const pages = Array.from({ length: count }, (_, page) =>
    readRows(ids.slice(page * rowsPerCall, (page + 1) * rowsPerCall), parts && page === 0),
  );
  const merges = await Promise.all([
    ...pages,
    ...(networks ? [readNetworks()] : []),
    ...(latencyTables ? [readTables()] : []),
  ]);
  return (search) => merges.reduce((before, merge) => merge(before), search);
}
