import type { SearchChangesQuery, SearchDetail } from '@blockwise/client';

type Row = NonNullable<SearchChangesQuery['nodes'][number]>;
type Of<Kind extends Row['__typename']> = Extract<Row, { __typename?: Kind }>;
type Part = NonNullable<SearchChangesQuery['search']>;

/** A search with rows in their newest form; new ones take their place in the order of its lists. */
export function mergeRows(search: SearchDetail, rows: readonly Row[]): SearchDetail {
  const of = <Kind extends Row['__typename']>(kind: Kind) =>
    rows.filter((row): row is Of<Kind> => row.__typename === kind);
  const cells = new Map(of('Cell').map((cell) => [cell.id, cell]));
  const networks = of('Network');
  return {
    ...search,
    jobs: put(search.jobs, of('Job')),
    blocks: search.blocks.map((block) => ({
      ...block,
      cells: block.cells.map((cell) => cells.get(cell.id) ?? cell),
    })),
    networks: put(
      search.networks,
      networks.filter(({ origin }) => origin === 'SOLVED'),
    ),
    requested: put(
      search.requested,
      networks.filter(({ origin }) => origin === 'REQUESTED'),
    ),
    audits: put(search.audits, of('RankingAudit')),
  };
}

/** A search with the parts of it that the first phase finds out. */
export function mergeParts(search: SearchDetail, part: Part): SearchDetail {
  return { ...search, ...part };
}

/** A search with lists of which some rows are new. */
export function mergeLists(
  search: SearchDetail,
  { networks = [], latencyTables = [] }: Partial<Pick<SearchDetail, 'networks' | 'latencyTables'>>,
): SearchDetail {
  return {
    ...search,
    networks: put(search.networks, networks),
    latencyTables: put(search.latencyTables, latencyTables),
  };
}

/** Rows of one list: those that are there are replaced where they stand, others come behind them. */
function put<Item extends { readonly id: string }>(
  before: readonly Item[],
  rows: readonly Item[],
): readonly Item[] {
  if (rows.length === 0) return before;
  const newest = new Map(rows.map((row) => [row.id, row]));
  const known = new Set(before.map(({ id }) => id));
  return [
    ...before.map((row) => newest.get(row.id) ?? row),
    ...rows.filter(({ id }) => !known.has(id)),
  ];
}
