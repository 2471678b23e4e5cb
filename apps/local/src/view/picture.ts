import type { SearchDetail } from '@blockwise/client';
import { formatRow } from './bar.ts';
import { formatDuration } from './format.ts';
import { type Row, searchRows } from './rows.ts';

export interface Surroundings {
  /** Characters in a line. */
  readonly columns: number;
  /** Lines that fit on the screen. */
  readonly lines: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What the terminal shows while a search runs: a title, and a bar for each phase, cell and network. */
export function drawSearch(
  search: SearchDetail,
  losses: ReadonlyMap<string, number>,
  { columns, lines, now }: Surroundings,
): string[] {
  const rows = searchRows(search, losses, now);
  const elapsed = formatDuration((now - Date.parse(search.createdAt)) / 1000);
  const title = `${search.name}: ${search.state.toLowerCase()}, ${elapsed}`;
  return [title, ...fitRows(rows, lines - 2).map((row) => formatRow(row, columns))];
}

/** On a low screen, cells that wait or are done go first; phases stay. */
function fitRows(rows: readonly Row[], most: number): readonly Row[] {
  if (rows.length <= most) return rows;
  const active = rows.filter((row) => row.depth === 0 || row.state === 'RUNNING');
  return active.length <= most ? active : active.slice(0, Math.max(1, most));
}
