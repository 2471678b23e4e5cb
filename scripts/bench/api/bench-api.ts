import { figureTable, recordFigures, reportFigures } from '../figures.ts';
import type { BenchFlags } from '../flags.mjs';
import { describeCommit, describeMachine, loadNow } from '../machine.ts';
import { printTable } from '../table.ts';
import { writeResults } from '../write-results.ts';
import { measureCandidates } from './candidates.ts';
import { measureCurves, measurePython } from './curves.ts';
import { type ApiFigureName, apiFigures } from './figures.ts';
import { measureIngestion } from './ingestion.ts';
import { forgetQueries, slowestQueries } from './queries.ts';
import type { ApiReport } from './report.ts';
import { seed } from './seed.ts';
import { openPlatform, raisedLimits, startApi } from './server.ts';
import { measureSolve } from './solve.ts';
import { measureSubscribers, subscribersOf } from './subscribers.ts';
import { printApiMarkdown, queryTable } from './tables.ts';

/**
 * Measures the API as a notebook meets it: a real process, over HTTP, on a database of its own.
 *
 * @returns exit status: 0 when every figure has a time
 */
export async function benchApi(
  root: string,
  flags: BenchFlags,
  say: (line: string) => void,
): Promise<number> {
  const loadBefore = loadNow();
  const date = new Date().toISOString();
  const { measured, figure } = recordFigures<ApiFigureName>(say);
  const runs = flags.quick ? 1 : 5;
  say('filling a database');
  const platform = await openPlatform();
  try {
    const { db, queue, url } = platform;
    const seeded = await seed(db, queue);
    await forgetQueries(db);
    await figure('ingestion', () => measureIngestion(db, queue, url, runs));
    const api = await startApi(root, platform);
    try {
      await figure('subscribers', () =>
        measureSubscribers(platform, api, subscribersOf(flags.quick)),
      );
      for (const size of ['thinned', 'whole'] as const) {
        await figure(`curves, ${size}`, () => measureCurves(api, seeded, size, runs));
        await figure(`curves, ${size}, Python`, () => measurePython(api, seeded, size, runs));
      }
      await figure('candidates', () => measureCandidates(api, seeded, runs));
      await figure('solve', () => measureSolve(api, seeded, 4 * runs));
    } finally {
      await api.close();
    }
    const report: ApiReport = {
      date,
      ...(await describeCommit(root)),
      quick: flags.quick,
      machine: describeMachine(loadBefore),
      limits: raisedLimits,
      figures: reportFigures(apiFigures, measured),
      queries: await slowestQueries(db),
    };
    console.log(printTable(figureTable(report.figures)));
    console.log(`\n${printTable(queryTable(report.queries))}`);
    await writeResults(flags, 'bench-api', report, printApiMarkdown(report), say);
    return report.figures.every(({ failure }) => failure === null) ? 0 : 1;
  } finally {
    await platform.close();
  }
}
