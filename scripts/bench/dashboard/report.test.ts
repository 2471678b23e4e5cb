import { expect, it } from 'vitest';
import { type Measured, reportFigures } from '../figures.ts';
import { exampleReport } from '../report.fixture.ts';
import { inWords } from './frames.ts';
import { type DashboardFigure, dashboardGoals } from './goals.ts';
import { printDashboardMarkdown } from './report.ts';

it('says how many frames there were in a second, and how late the late ones', () => {
  const smooth = Array.from({ length: 57 }, () => 16);
  expect(inWords(smooth)).toBe('62.5 frames/s, 95 % within 16 ms');
  expect(inWords([...smooth, 88, 88, 88, 88])).toBe('48.3 frames/s, 95 % within 88 ms');
});

it('prints every figure, also what could not be measured', () => {
  const measured = new Map<DashboardFigure, Measured>([
    ['searches, first paint', { times: [400, 300, 500], note: null }],
    ['budget, moved', { failure: 'No slider.' }],
  ]);
  const { contenders: _, rows: __, ...of } = exampleReport;
  const figures = reportFigures(dashboardGoals, measured);
  const text = printDashboardMarkdown({ ...of, browser: '1.2.3', figures });
  expect(text).toContain('Chromium 1.2.3');
  expect(text.split('\n').at(-dashboardGoals.length)).toMatch(
    /^\| searches, first paint .*\| 400 \|/,
  );
  expect(text.split('\n').at(-1)).toMatch(/\| No slider\. \|$/);
});
