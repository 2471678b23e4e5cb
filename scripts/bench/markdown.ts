import { wasBusy } from './machine.ts';
import type { Report } from './report.ts';
import { tableOf } from './table.ts';

const busy =
  '**Other work ran on the machine.** Wall times are too long, most of all where threads wait for ' +
  'each other (`pytorch` and `tensorflow` with all threads, `slots`); read the processor times of ' +
  'lines with one thread.';

/** The results as a page shows them: machine and date, what ran, what each row is, the table. */
export function printMarkdown(report: Report): string {
  const { machine, contenders, rows } = report;
  const { head, lines } = tableOf(report);
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [
    measuredOn(report),
    ...(wasBusy(machine) ? ['', busy] : []),
    '',
    ...contenders.map(({ name, device, versions, reason }) =>
      reason === null
        ? `- **${name}**: ${device} (${printVersions(versions ?? {})})`
        : `- **${name}**: not measured. ${reason}`,
    ),
    '',
    ...rows.map(({ name, title }) => `- \`${name}\`: ${title}`),
    '',
    line(head),
    line(head.map((_, column) => (column < 2 || column === head.length - 1 ? '---' : '---:'))),
    ...lines.map(line),
  ].join('\n');
}

/**
 * Puts the results between the two markers of a page.
 *
 * @param marker `<!-- marker -->` and `<!-- /marker -->`
 * @returns the page, or null where it has no markers
 */
export function replaceResults(page: string, results: string, marker = 'bench'): string | null {
  const start = `<!-- ${marker} -->`;
  const end = `<!-- /${marker} -->`;
  const from = page.indexOf(start);
  const to = page.indexOf(end);
  if (from < 0 || to < from) return null;
  return `${page.slice(0, from + start.length)}\n\n${results}\n\n${page.slice(to)}`;
}

/** When, of which sources and on what: the first line of results. */
export function measuredOn(report: Omit<Report, 'contenders' | 'rows'>): string {
  const { machine } = report;
  const state = report.commit === null ? '' : `, commit ${report.commit.slice(0, 7)}`;
  return (
    `Measured on ${report.date.slice(0, 10)}${state}${report.changed ? ' and later changes' : ''}` +
    `${report.quick ? ', quickly' : ''}: ${machine.processor}, ${machine.cores} threads, ` +
    `${machine.memoryGiB} GiB, ${machine.system}, Node ${machine.node}; load before ` +
    `${machine.loadBefore.toFixed(1)}, after ${machine.loadAfter.toFixed(1)}.`
  );
}

function printVersions(versions: Readonly<Record<string, string>>): string {
  return Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
}
