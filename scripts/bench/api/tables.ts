import { figureTable, markdownTable } from '../figures.ts';
import { wasBusy } from '../machine.ts';
import { measuredOn } from '../markdown.ts';
import { number, type Table } from '../table.ts';
import type { ApiReport, QueryReport } from './report.ts';

export function queryTable(queries: readonly QueryReport[]): Table {
  return {
    head: ['', 'calls', 'mean ms', 'total ms', 'query'],
    lines: queries.map(({ query, calls, meanMs, totalMs }, i) => [
      String(i + 1),
      String(calls),
      number(meanMs),
      number(totalMs),
      query,
    ]),
  };
}

/** The results as a page shows them. */
export function printApiMarkdown(report: ApiReport): string {
  const limits = Object.entries(report.limits).map(([name, value]) => `\`${name}=${value}\``);
  return [
    measuredOn(report),
    ...(wasBusy(report.machine)
      ? ['', '**Other work ran on the machine**: these times are too long.']
      : []),
    '',
    `The API ran with ${limits.join(', ')}, so that a client may ask this often; all other limits as shipped.`,
    '',
    ...markdownTable(figureTable(report.figures), 2),
    '',
    'The queries that took most of the time, as Postgres counted them:',
    '',
    ...markdownTable(queryTable(report.queries), 0),
  ].join('\n');
}
