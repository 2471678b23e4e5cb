import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isRunning } from './testing/is-running.ts';

let folder: string;
let launcher: ChildProcess;
let child: number;
let guardian: number;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'blockwise-guard-'));
  const script = fileURLToPath(new URL('testing/launcher.ts', import.meta.url));
  const running = spawn(process.execPath, [script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  launcher = running;
  const [chunk] = (await once(running.stdout, 'data')) as [Buffer];
  ({ child, guardian } = JSON.parse(chunk.toString()) as { child: number; guardian: number });
});
afterEach(async () => {
  launcher.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

test('when the launcher is killed, the guardian ends what it started, and itself', async () => {
  expect([child, guardian].map(isRunning)).toEqual([true, true]);
  launcher.kill('SIGKILL');
  await expect
    .poll(() => [child, guardian].map(isRunning), { timeout: 15_000 })
    .toEqual([false, false]);
});

test('after an orderly stop neither is left', async () => {
  launcher.kill('SIGTERM');
  expect(await once(launcher, 'exit')).toEqual([0, null]);
  expect([child, guardian].map(isRunning)).toEqual([false, false]);
});
