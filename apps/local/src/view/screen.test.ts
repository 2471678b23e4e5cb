import { expect, test } from 'vitest';
import { sampleJob, sampleSearch, sampleStart } from '../testing/sample-search.ts';
import { createScreen } from './screen.ts';

function recorder(isTTY: boolean, size = { columns: 80, rows: 24 }) {
  let text = '';
  const write = (more: string) => {
    text += more;
  };
  const take = () => {
    const taken = text;
    text = '';
    return taken;
  };
  return { output: { isTTY, ...size, write }, take };
}

test('a terminal is redrawn in place: as many lines up as were drawn', () => {
  const { output, take } = recorder(true);
  const screen = createScreen(output, () => sampleStart);
  screen.show(sampleSearch(), new Map());
  const first = take();
  expect(first).not.toContain('\x1b');
  screen.show(sampleSearch(), new Map());
  expect(take().startsWith(`\x1b[${first.split('\n').length - 1}A\r\x1b[J`)).toBe(true);
});

test('a notice stays above the picture', () => {
  const { output, take } = recorder(true);
  const screen = createScreen(output, () => sampleStart);
  screen.show(sampleSearch(), new Map());
  take();
  screen.say('The trainer is started again.');
  const [notice = '', title = ''] = take().split('\n');
  expect(notice).toMatch(/The trainer is started again\.$/);
  expect(title).toMatch(/^demo: running/);
});

test('no line is wider and no picture higher than the terminal', () => {
  const { output, take } = recorder(true, { columns: 40, rows: 6 });
  const note = 'a note that is longer than any narrow terminal is wide, and then some';
  const progress = { done: 1, total: 2, unit: 'steps', perSecond: 1, note };
  createScreen(output, () => sampleStart).show(
    sampleSearch({ jobs: [sampleJob({ progress })] }),
    new Map(),
  );
  const lines = take().trimEnd().split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(40);
  expect(lines.length).toBeLessThan(6);
});

test('without a terminal: running parts at intervals, ends at once, each end once', () => {
  const { output, take } = recorder(false);
  let seconds = 0;
  const screen = createScreen(output, () => sampleStart + 1000 * seconds);
  const progress = { done: 1, total: 4, unit: 'epochs', perSecond: null, note: null };
  const running = sampleSearch({ jobs: [sampleJob({ progress })] });
  screen.show(running, new Map());
  expect(take()).toMatch(/^teacher .* 25 % {2}1\/4 epochs\n$/);
  seconds = 5;
  screen.show(running, new Map());
  expect(take()).toBe('');
  const ended = sampleSearch({ jobs: [sampleJob({ state: 'COMPLETE' })] });
  screen.show(ended, new Map());
  expect(take()).toMatch(/^teacher .* 100 %\n$/);
  seconds = 15;
  screen.show(ended, new Map());
  expect(take()).toBe('');
});
