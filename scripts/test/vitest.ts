import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Finding, runTool } from './steps.ts';
import { countTests, skippedLines, type VitestReport } from './vitest-report.ts';

/** Runs one project of vitest.config.ts. */
export async function runTests(project: string): Promise<Finding> {
  const folder = await mkdtemp(path.join(tmpdir(), 'blockwise-tests-'));
  const file = path.join(folder, 'report.json');
  try {
    const { code, log } = await runTool('vitest', [
      ...['run', '--project', project],
      ...['--reporter=dot', '--reporter=json', `--outputFile.json=${file}`],
    ]);
    const report = await readReport(file);
    const tally = countTests(report, code);
    const skipped = report === undefined ? [] : skippedLines(report);
    return { tally, text: tally.failed > 0 ? log : skipped.join('\n') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readReport(file: string): Promise<VitestReport | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as VitestReport);
}
