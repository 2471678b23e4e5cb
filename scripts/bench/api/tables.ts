import { wasBusy } from '../machine.ts';
import { measuredOn } from '../markdown.ts';
import { number, type Table } from '../table.ts';
import { type ApiFigureName, apiFigures } from './figures.ts';
import type { ApiReport, FigureReport, Measured, QueryReport } from './report.ts';

/** Every figure with its goal, also those without times. */
export function reportFigures(measured: ReadonlyMap<ApiFigureName, Measured>): FigureReport[] {
  return apiFigures.map((figure) => {
    const one = measured.get(figure.name) ?? { failure: 'It was not measured.' };
    if ('failure' in one) {
      return { ...figure, runs: 0, medianMs: null, worstMs: null, note: null, ...one };
    }
    const sorted = [...one.times].sort((a, b) => a - b);
    return {
      ...figure,
      runs: sorted.length,
      medianMs: sorted[Math.floor(sorted.length / 2)] ?? null,
      worstMs: sorted.at(-1) ?? null,
      note: one.note,
      failure: null,
    };
  });
}

export function figureTable(figures: readonly FigureReport[]): Table {
  return {
    head: ['what', 'measured', 'goal ms', 'median ms', 'worst ms', 'runs', ''],
    lines: figures.map(({ name, what, goalMs, medianMs, worstMs, runs, note, failure }) => [
      name,
      what,
      String(goalMs),
      medianMs === null ? '–' : number(medianMs),
      worstMs === null ? '–' : number(worstMs),
      String(runs),
      failure ?? note ?? '',
    ]),
  };
}

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
    ...markdownOf(figureTable(report.figures), 2),
    '',
    'The queries that took most of the time, as Postgres counted them:',
    '',
    ...markdownOf(queryTable(report.queries), 0),
  ].join('\n');
}

function markdownOf({ head, lines }: Table, texts: number): string[] {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = head.map((_, i) => (i < texts || i === head.length - 1 ? '---' : '---:'));
  return [line(head), line(rule), ...lines.map(line)];
}
