import { expect, it } from 'vitest';
import { figureTable, type Measured, reportFigures } from '../figures.ts';
import { replaceResults } from '../markdown.ts';
import { exampleReport } from '../report.fixture.ts';
import { printTable } from '../table.ts';
import { type ApiFigureName, apiFigures } from './figures.ts';
import { shorten } from './queries.ts';
import type { ApiReport } from './report.ts';
import { printApiMarkdown, queryTable } from './tables.ts';

const figures = reportFigures(
  apiFigures,
  new Map<ApiFigureName, Measured>([
    ['ingestion', { times: [700, 900, 800], note: 'a note' }],
    ['solve', { failure: 'No answer.' }],
  ]),
);
const queries = [{ query: 'SELECT a | b', calls: 12, meanMs: 1.5, totalMs: 18 }];
const { contenders: _, rows: __, ...of } = exampleReport;
const report: ApiReport = { ...of, limits: { COST_PER_MINUTE: '9' }, figures, queries };

it('has every figure with its goal, also those that were not measured', () => {
  expect(figures.map(({ name, goalMs }) => [name, goalMs])).toEqual(
    apiFigures.map(({ name, goalMs }) => [name, goalMs]),
  );
  expect(figures[0]).toMatchObject({ runs: 3, medianMs: 800, worstMs: 900, failure: null });
  expect(figures.at(-1)).toMatchObject({ runs: 0, medianMs: null, failure: 'No answer.' });
});

it('prints a line for each figure and each query', () => {
  const lines = printTable(figureTable(figures)).split('\n');
  expect(lines).toHaveLength(2 + apiFigures.length);
  expect(lines[2]).toMatch(/^ingestion .* 1000 +800 +900 +3 +a note$/);
  expect(lines.at(-1)).toMatch(/^solve .* 100 +– +– +0 +No answer\.$/);
  expect(printTable(queryTable(queries))).toMatch(/12 +1\.50 +18\.0 +SELECT a \| b$/);
});

it('stands in a page between markers of its own', () => {
  const results = printApiMarkdown(report);
  expect(results).toContain('Measured on 2026-02-03, commit 0123456');
  expect(results).toContain('`COST_PER_MINUTE=9`');
  expect(results).toContain('SELECT a \\| b |');
  const page = '<!-- bench -->\nold\n<!-- /bench -->\n<!-- bench-api -->\n<!-- /bench-api -->\n';
  expect(replaceResults(page, results, 'bench-api')).toContain('old');
});

it('shortens a query to one line', () => {
  expect(shorten('SELECT "public"."job"."id"\n  FROM "job"')).toBe('SELECT id FROM job');
  expect(shorten('x'.repeat(20), 10)).toBe(`${'x'.repeat(9)}…`);
});
