import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FromThread } from './protocol.ts';
import { Reporter } from './reporter.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 10_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

function recorder() {
  const messages: FromThread[] = [];
  return { messages, reporter: new Reporter((message) => messages.push(message)) };
}

test('points leave about once a second, in columns', () => {
  const { messages, reporter } = recorder();
  reporter.point('loss', 1, 0.5);
  vi.advanceTimersByTime(400);
  reporter.point('loss', 2, 0.25);
  vi.advanceTimersByTime(600);
  reporter.point('loss', 3, 0.125);
  expect(messages).toEqual([
    { kind: 'points', columns: [{ key: 'loss', steps: [1], values: [0.5], wallTimes: [10] }] },
    {
      kind: 'points',
      columns: [{ key: 'loss', steps: [2, 3], values: [0.25, 0.125], wallTimes: [10.4, 11] }],
    },
  ]);
});

test('a checkpoint sends the points before it, and moves its bytes', () => {
  const { messages, reporter } = recorder();
  reporter.flush();
  reporter.point('loss', 1, 0.5);
  reporter.checkpoint(1, Uint8Array.of(1, 2, 3).subarray(1));
  expect(messages.map(({ kind }) => kind)).toEqual(['points', 'checkpoint']);
  expect(messages[1]).toEqual({ kind: 'checkpoint', step: 1, bytes: Uint8Array.of(2, 3) });
});

test('a value that is not finite is DIVERGED, not a point', () => {
  const { messages, reporter } = recorder();
  expect(() => reporter.point('loss', 4, Number.NaN)).toThrow('loss became NaN at step 4');
  reporter.flush();
  expect(messages).toEqual([]);
});

test('progress has a rate from the second report on, and none across notes', () => {
  const { messages, reporter } = recorder();
  for (const [done, note] of [
    [0, 'loading'],
    [50, 'loading'],
    [1, 'training'],
  ] as const) {
    reporter.progress(done, 100, 'images', note);
    vi.advanceTimersByTime(2000);
  }
  const rates = messages.map((message) =>
    message.kind === 'progress' ? message.progress.perSecond : undefined,
  );
  expect(rates).toEqual([null, 25, null]);
});

test('points go on leaving when the clock is set back', () => {
  const { messages, reporter } = recorder();
  reporter.point('loss', 1, 0.5);
  vi.setSystemTime(-3_600_000);
  vi.advanceTimersByTime(1000);
  reporter.point('loss', 2, 0.25);
  expect(messages).toHaveLength(2);
});
