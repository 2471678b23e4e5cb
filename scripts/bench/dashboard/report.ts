import { type FigureReport, figureTable, markdownTable } from '../figures.ts';
import { wasBusy } from '../machine.ts';
import { measuredOn } from '../markdown.ts';
import type { Report } from '../report.ts';

/** Everything that `npm run bench -- dashboard` found: the JSON file. */
export interface DashboardReport extends Omit<Report, 'contenders' | 'rows'> {
  /** As it names itself. */
  readonly browser: string;
  readonly figures: readonly FigureReport[];
}

/** The results as a page shows them. */
export function printDashboardMarkdown(report: DashboardReport): string {
  return [
    measuredOn(report),
    ...(wasBusy(report.machine)
      ? ['', '**Other work ran on the machine**: these times are too long.']
      : []),
    '',
    `Chromium ${report.browser}, which draws without a graphics card here.`,
    '',
    ...markdownTable(figureTable(report.figures), 2),
  ].join('\n');
}
