import type { SearchDetail } from '../live/apply-event.ts';

type Job = SearchDetail['jobs'][number];
type Cell = SearchDetail['blocks'][number]['cells'][number];

/** `Cell 2.1`: block 2, its first cell. */
export function cellName(cell: Pick<Cell, 'block' | 'index'>): string {
  return `Cell ${cell.block}.${cell.index}`;
}

/** Every cell of the search, block by block. */
export function cellsOf(search: SearchDetail): Cell[] {
  return search.blocks.flatMap((block) => block.cells);
}

/** What a job works on, for legends. */
export function jobName(search: SearchDetail, job: Job): string {
  const cell = cellsOf(search).find((each) => each.id === job.cell?.id);
  if (cell) return cellName(cell);
  const network = search.networks.find((each) => each.id === job.network?.id);
  if (network) return `Network ${network.predictedRank}`;
  return 'Teacher';
}
