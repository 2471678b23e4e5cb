import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { freePort } from '../../../packages/postgres/src/index.ts';
import { globalId } from '../api/ask.ts';
import { plainSpace, seed, startCells } from '../api/seed.ts';
import { type BenchApi, openPlatform, startApi } from '../api/server.ts';
import { figureTable, type Measured, recordFigures, reportFigures } from '../figures.ts';
import type { BenchFlags } from '../flags.mjs';
import { describeCommit, describeMachine, loadNow } from '../machine.ts';
import { printTable } from '../table.ts';
import { writeResults } from '../write-results.ts';
import { measureSlider } from './budget.ts';
import { drag, read, takeChart, zoom } from './charts.ts';
import { type DashboardFigure, dashboardGoals } from './goals.ts';
import { type DashboardReport, printDashboardMarkdown } from './report.ts';
import { measureFirstPaint, measureLiveList } from './search-list.ts';
import { seedSearches } from './seed-searches.ts';
import { openVisitor, type Visitor } from './visitor.ts';
import { startWeb } from './web.ts';

/** Pages send the ids of these instead of their texts. */
const persistedDocuments = 'packages/client/src/generated/persisted-documents.json';

/**
 * Measures the pages as people meet them: a production build, the real API, a database that has seen
 * ten thousand searches, Chromium.
 *
 * @returns exit status: 0 when every figure has a time
 */
export async function benchDashboard(
  root: string,
  flags: BenchFlags,
  say: (line: string) => void,
): Promise<number> {
  const loadBefore = loadNow();
  const date = new Date().toISOString();
  const { measured, figure } = recordFigures<DashboardFigure>(say);
  const runs = flags.quick ? 2 : 7;
  const seconds = flags.quick ? 1 : 4;
  const closing: (() => Promise<void>)[] = [];
  try {
    say('filling a database');
    const platform = await openPlatform();
    closing.push(() => platform.close());
    const { db, queue } = platform;
    const { searchId, cellId, curvesId } = await seed(db, queue);
    await seedSearches(db);

    const port = await freePort();
    const api: BenchApi = await startApi(root, platform, {
      WEB_ORIGIN: `http://127.0.0.1:${port}`,
      PERSISTED_DOCUMENTS: path.join(root, persistedDocuments),
    });
    closing.push(() => api.close());
    const web = await startWeb(root, port, api.url);
    closing.push(() => web.close());
    const visitor: Visitor = await openVisitor(api, web.url);
    closing.push(() => visitor.close());
    const pageOf = (search: string, ...below: string[]) =>
      ['/searches', ...[globalId('Search', search), ...below].map(encodeURIComponent)].join('/');

    await figure('searches, first paint', () => measureFirstPaint(visitor, web.url, runs, false));
    await figure('searches, again', () => measureFirstPaint(visitor, web.url, runs, true));
    await figure('searches, live', () =>
      measureLiveList(visitor, runs, (name) => startCells(db, queue, name, plainSpace(1))),
    );

    const charts = async (
      address: string,
      deeds: Partial<Record<DashboardFigure, (page: Page, chart: Locator) => Promise<Measured>>>,
    ) => {
      const page = await visitor.open(address);
      const chart = takeChart(page);
      // Each figure says why, if the chart does not come.
      chart.catch(() => {});
      for (const [name, deed] of Object.entries(deeds)) {
        await figure(name as DashboardFigure, async () => await deed(page, await chart));
      }
      await page.context().close();
    };
    await charts(pageOf(curvesId), {
      'curves, panned': (page, chart) => drag(page, chart, seconds),
      'curves, zoomed': (page, chart) => zoom(page, chart, seconds),
      'curves, read': (page, chart) => read(page, chart, seconds),
    });
    const cell = pageOf(searchId, 'cells', globalId('Cell', cellId));
    await charts(`${cell}?drag=pan`, {
      'cloud, panned': (page, chart) => drag(page, chart, seconds),
      'cloud, zoomed': (page, chart) => zoom(page, chart, seconds),
      'cloud, brushed': (page, chart) => drag(page, chart, seconds, true),
      'cloud, read': (page, chart) => read(page, chart, seconds),
    });
    const budgets = await visitor.open(pageOf(searchId, 'budgets'));
    await figure('budget, moved', () => measureSlider(budgets, flags.quick ? 10 : 50));

    const report: DashboardReport = {
      date,
      ...(await describeCommit(root)),
      quick: flags.quick,
      machine: describeMachine(loadBefore),
      browser: visitor.version,
      figures: reportFigures(dashboardGoals, measured),
    };
    console.log(printTable(figureTable(report.figures)));
    await writeResults(flags, 'bench-dashboard', report, printDashboardMarkdown(report), say);
    return report.figures.every(({ failure }) => failure === null) ? 0 : 1;
  } finally {
    for (const close of closing.reverse()) await close();
  }
}
