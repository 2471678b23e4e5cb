import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Guard } from './guard.ts';
import { startProcess } from './processes.ts';
import { type Supervised, supervise } from './supervise.ts';

const times = { pauseSeconds: 0, goodLifeSeconds: 3600 };
const guard: Guard = { pid: undefined, started() {}, ended() {}, close: async () => {} };
let folder: string;
let starts: number;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'blockwise-supervise-'));
  starts = 0;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function start(script: string) {
  starts += 1;
  return startProcess(
    { name: 'trainer', args: ['-e', script], env: {}, cwd: folder },
    folder,
    guard,
  );
}

test('is started again with a notice, and given up after too many ends', async () => {
  const notices: string[] = [];
  const { failed } = supervise(
    () => start("console.log('out of luck'); process.exit(3)"),
    (line) => notices.push(line),
    times,
  );
  const line = await failed;
  expect(starts).toBe(6);
  expect(notices).toHaveLength(5);
  expect(notices[0]).toMatch(/trainer ended with status 3; it is started again/);
  expect(line).toMatch(/ended with status 3 for the 6th time\..*ends with:\n {2}out of luck/s);
});

test('is not started again with a configuration that it refuses', async () => {
  const notices: string[] = [];
  const { failed } = supervise(
    () => start("console.log('no such engine'); process.exit(2)"),
    (line) => notices.push(line),
    times,
  );
  expect(await failed).toMatch(
    /cannot start as it is configured\..*ends with:\n {2}no such engine/s,
  );
  expect(starts).toBe(1);
  expect(notices).toEqual([]);
});

test('stopping it is no failure', async () => {
  const notices: string[] = [];
  const supervised = supervise(
    () => start('setInterval(() => {}, 1000)'),
    (line) => notices.push(line),
  );
  await supervised.stop();
  expect(await supervised.failed).toBeUndefined();
  expect(notices).toEqual([]);
  expect(starts).toBe(1);
});

test('ends that a good life lies between do not add up', async () => {
  let supervised: Supervised | undefined;
  await new Promise<void>((resolve) => {
    supervised = supervise(
      () => start('process.exit(3)'),
      () => {
        if (starts > 7) resolve();
      },
      { pauseSeconds: 0, goodLifeSeconds: 0 },
    );
  });
  await supervised?.stop();
  expect(await supervised?.failed).toBeUndefined();
});

test('stopped between an end and the next start, it is not started again', async () => {
  let supervised: Supervised | undefined;
  await new Promise<void>((resolve) => {
    supervised = supervise(
      () => start('process.exit(3)'),
      () => resolve(),
      {
        ...times,
        pauseSeconds: 3600,
      },
    );
  });
  await supervised?.stop();
  expect(await supervised?.failed).toBeUndefined();
  expect(starts).toBe(1);
});
