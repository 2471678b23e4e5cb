// Everything that `npm run bench` measures. Progress on stderr, the table on stdout.
import path from 'node:path';
import { benchApi } from './api/bench-api.ts';
import { contenderPlans, findContenders } from './contenders.ts';
import { benchDashboard } from './dashboard/bench-dashboard.ts';
import { type BenchFlags, benchHelp, readBenchFlags } from './flags.mjs';
import { describeCommit, describeMachine, loadNow, wasBusy } from './machine.ts';
import { printMarkdown } from './markdown.ts';
import { measureRow } from './measure-row.ts';
import type { Report, RowReport } from './report.ts';
import { planRow } from './rows.ts';
import { printTable, tableOf } from './table.ts';
import { writeResults } from './write-results.ts';

const root = path.resolve(import.meta.dirname, '../..');
const thorough = { rounds: 6, secondsEach: 15, mostRuns: 20 };
const quickly = { rounds: 3, secondsEach: 2, mostRuns: 5 };
/** For one answer: a step in plain JavaScript takes minutes. */
const limitSeconds = 3600;

const say = (line: string) => console.error(line);
const benches = {
  engines: benchEngines,
  api: (flags: BenchFlags) => benchApi(root, flags, say),
  dashboard: (flags: BenchFlags) => benchDashboard(root, flags, say),
};

/** @returns exit status: 0 when every row that was asked for has a result */
async function benchEngines(flags: BenchFlags): Promise<number> {
  const loadBefore = loadNow();
  const date = new Date().toISOString();
  const python = process.env.BLOCKWISE_PYTHON ?? 'python3';
  const { found, missing } = await findContenders(
    contenderPlans(flags.engines, { ...flags, python }),
  );
  for (const { name, device } of found) say(`${name}: ${device}`);
  for (const { name, reason } of missing) say(`${name} is not measured: ${reason}`);
  const { cores } = describeMachine(loadBefore);
  if (wasBusy({ loadBefore, cores })) {
    say(`Other work runs here (load ${loadBefore.toFixed(1)}): wall times will be too long.`);
  }
  if (flags.gpu && !found.some(({ engine, onGpu }) => onGpu && engine !== 'pytorch')) {
    say('No engine here computes on a GPU, so --gpu has nothing to measure.');
    return 1;
  }

  const rows: RowReport[] = [];
  for (const name of flags.rows) {
    const row = planRow(name, { found, slow: flags.slow });
    if (row === null) say(`${name} is not measured: nothing that was found takes part in it.`);
    else {
      const plan = flags.quick ? quickly : thorough;
      rows.push(await measureRow(row, { ...plan, limitSeconds, say }));
    }
  }
  const report: Report = {
    date,
    ...(await describeCommit(root)),
    quick: flags.quick,
    machine: describeMachine(loadBefore),
    contenders: [
      ...found.map(({ name, device, versions }) => ({ name, device, versions, reason: null })),
      ...missing.map(({ name, reason }) => ({ name, device: null, versions: null, reason })),
    ],
    rows,
  };
  console.log(printTable(tableOf(report)));
  console.log(`\n${rows.map(({ name, title }) => `${name}: ${title}`).join('\n')}`);
  await writeResults(flags, 'bench', report, printMarkdown(report), say);
  const measured = rows.flatMap(({ entries }) => entries).some(({ wall }) => wall !== null);
  return measured ? 0 : 1;
}

const flags = readBenchFlags(process.argv.slice(2), {
  from: process.env.INIT_CWD ?? process.cwd(),
  root,
});
if ('wrong' in flags) {
  console.error(flags.wrong);
  process.exitCode = 2;
} else if (flags.help) console.log(benchHelp);
else process.exitCode = await benches[flags.subject](flags);
