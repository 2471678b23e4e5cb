import { expect, test } from 'vitest';
import { countTests, skippedLines, type VitestReport } from './vitest-report.ts';

const report = (changes: Partial<VitestReport>): VitestReport => ({
  numPassedTests: 5,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
  ...changes,
});

test('counts tests by their outcome', () => {
  const tally = countTests(report({ numFailedTests: 2, numPendingTests: 1, numTodoTests: 1 }), 1);
  expect(tally).toEqual({ passed: 5, failed: 2, skipped: 2 });
});

test('a file that could not be loaded is a failure', () => {
  const testResults = [
    { status: 'failed', assertionResults: [] },
    { status: 'failed', assertionResults: [{ status: 'failed' }] },
  ];
  expect(countTests(report({ numFailedTests: 1, testResults }), 1).failed).toBe(2);
});

test('a run that fails with nothing but passed tests is a failure; so is one without a report', () => {
  expect(countTests(report({}), 1).failed).toBe(1);
  expect(countTests(report({}), 0).failed).toBe(0);
  expect(countTests(undefined, 0).failed).toBe(1);
});

test('what was skipped is named by its reason, or by itself', () => {
  const skipped = (fullName: string) => ({ status: 'skipped', fullName });
  const testResults = [
    {
      status: 'passed',
      assertionResults: [
        skipped(
          'a step on tensorflow (skipped: "npm run native" does it (Linux), if set up) has no leak',
        ),
        skipped(
          'a step on tensorflow (skipped: "npm run native" does it (Linux), if set up) agrees',
        ),
        skipped('the search finds the same on webgpu (not here: no GPU)'),
        skipped('something else'),
        { status: 'passed', fullName: 'another (skipped: never)' },
      ],
    },
  ];
  expect(skippedLines(report({ testResults }))).toEqual([
    '  2 skipped: "npm run native" does it (Linux), if set up',
    '  1 skipped: no GPU',
    '  1 skipped: something else',
  ]);
});
