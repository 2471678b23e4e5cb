import type { SearchDetailQuery } from '../generated/graphql.ts';

type Search = NonNullable<SearchDetailQuery['search']>;

/** Everything that the API tells of a search, as JSON. */
export function exportJson(search: Search): string {
  return JSON.stringify(search, undefined, 2);
}

/** The networks of a search, a row each, by predicted rank. */
export function exportCsv({ networks }: Pick<Search, 'networks'>): string {
  const header = ['predictedRank', 'top1', 'loss', 'params', 'macs', 'seed', 'architecture'];
  const rows = networks.map(({ predictedRank, top1, loss, params, macs, seed, architecture }) =>
    [predictedRank, top1 ?? '', loss, params, macs, seed, architecture].map(field).join(','),
  );
  return [header.join(','), ...rows].join('\n');
}

/** Quoted where RFC 4180 wants it. */
function field(value: string | number): string {
  const text = String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
