import { expect, it } from 'vitest';
import { printMarkdown, replaceResults } from './markdown.ts';
import { exampleReport } from './report.fixture.ts';

it('says machine, date, what ran and what did not, before the table', () => {
  const lines = printMarkdown(exampleReport).split('\n');
  expect(lines.slice(0, 6)).toEqual([
    'Measured on 2026-02-03, commit 0123456: A processor, 2 threads, 4 GiB, Linux 6, x64, Node ' +
      '22.0.0; load before 0.1, after 1.0.',
    '',
    '- **wasm**: 1 thread (tfjs 4.22.0, node 22.0.0)',
    '- **webgpu**: not measured. There is no adapter.',
    '',
    '- `distil`: Distillation step',
  ]);
  const table = lines.slice(7);
  expect(new Set(table.map((line) => line.split('|').length)).size).toBe(1);
  expect(table[2]).toContain('| distil | wasm | 240 | 230 to 251 |');
  expect(table.at(-1)).toContain('| webgpu | – |');
});

it('replaces what is between the markers of a page, again and again', () => {
  const page = '# Title\n\n<!-- bench -->\nold\n<!-- /bench -->\n\nEnd.\n';
  const once = replaceResults(page, 'new');
  expect(once).toBe('# Title\n\n<!-- bench -->\n\nnew\n\n<!-- /bench -->\n\nEnd.\n');
  expect(replaceResults(once ?? '', 'new')).toBe(once);
  expect(replaceResults('# No markers', 'new')).toBeNull();
});

it('warns where other work ran', () => {
  const { machine } = exampleReport;
  const busy = { ...exampleReport, machine: { ...machine, loadBefore: machine.cores } };
  expect(printMarkdown(busy)).toContain('Other work ran on the machine');
  expect(printMarkdown(exampleReport)).not.toContain('Other work');
});
