import { type Client, SearchChangesDocument, type SearchDetail } from '@blockwise/client';
import { mergeParts, mergeRows } from './merge-changes.ts';
import type { SearchChanges } from './search-changes.ts';

/** Ids that the API takes in one question. */
const rowsPerCall = 100;

/** Reads what has changed and nothing else; answers how a search looks with it. */
export async function readChanges(
  client: Client,
  id: string,
  { rows, parts, networks, latencyTables }: SearchChanges,
  signal: AbortSignal,
): Promise<(search: SearchDetail) => SearchDetail> {
  const ids = [...rows];
  const calls = Array.from(
    { length: Math.max(1, Math.ceil(ids.length / rowsPerCall)) },
    (_, call) =>
      client.request(
        SearchChangesDocument,
        {
          id,
          rows: ids.slice(call * rowsPerCall, (call + 1) * rowsPerCall),
          // Parts are read once, beside the first rows.
          parts: parts && call === 0,
          networks: networks && call === 0,
          latencyTables: latencyTables && call === 0,
        },
        { signal },
      ),
  );
  const answers = await Promise.all(calls);
  return (search) =>
    answers.reduce((before, { search: part, nodes }) => {
      const withParts = part == null ? before : mergeParts(before, part);
      return mergeRows(
        withParts,
        nodes.filter((node) => node != null),
      );
    }, search);
}
