import type { Row } from './rows.ts';

const barWidth = 20;
const nameWidth = 18;

/** A row as one line of at most `width` characters. */
export function formatRow(row: Row, width: number): string {
  const filled = Math.round(row.fraction * barWidth);
  const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled);
  const name = `${'  '.repeat(row.depth)}${row.name}`.padEnd(nameWidth);
  const share = `${Math.floor(row.fraction * 100)} %`.padStart(5);
  const line = `${name} ${bar} ${share}  ${row.facts.join(' · ')}`.trimEnd();
  return line.length <= width ? line : `${line.slice(0, width - 1)}…`;
}
