import { failedOnce, type Tally } from './steps.ts';

/** The part of vitest's JSON report that is counted. */
export interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName?: string }[];
  }[];
}

/**
 * Counts a run's tests. A file that fails without a failed test (it could not be loaded) counts as
 * one failure, and so does a run that fails though everything in its report passed.
 *
 * @param report undefined when the run wrote none
 */
export function countTests(report: VitestReport | undefined, exitCode: number): Tally {
  if (report === undefined) return failedOnce;
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = report.numFailedTests + brokenFiles;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** Why tests were skipped, a line each: a name says it in brackets, "… (skipped: no PyTorch)". */
export function skippedLines({ testResults }: VitestReport): string[] {
  const counts = new Map<string, number>();
  for (const { status, fullName = '' } of testResults.flatMap((file) => file.assertionResults)) {
    if (status !== 'skipped') continue;
    const reason = /\((?:skipped|not here): (.*?)\)(?: |$)/.exec(fullName)?.[1] ?? fullName;
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].map(([reason, count]) => `  ${count} skipped: ${reason}`);
}
