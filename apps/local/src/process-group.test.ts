import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { endGroup } from './process-group.ts';
import { isRunning } from './testing/is-running.ts';

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** Runs a script in a group of its own, until it prints its first line; that line is returned. */
async function start(
  script: string,
): Promise<{ leader: number; line: string; child: ChildProcess }> {
  const child = spawn(process.execPath, ['-e', script], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(child);
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
  return { leader: child.pid ?? 0, line: chunk.toString().trim(), child };
}

const stayUp = 'setInterval(() => {}, 1000);';

test('a process that listens ends by itself', async () => {
  const { leader, child } = await start(
    `process.on('SIGTERM', () => process.exit(7)); console.log('up'); ${stayUp}`,
  );
  const exit = once(child, 'exit');
  await endGroup(leader, 'SIGTERM');
  expect(await exit).toEqual([7, null]);
});

test('one that does not is killed, with the processes that it started', async () => {
  const { leader, line, child } = await start(
    `process.on('SIGTERM', () => {});
     const { spawn } = require('node:child_process');
     const deaf = "process.on('SIGTERM', () => {}); console.log('up'); ${stayUp}";
     const inner = spawn(process.execPath, ['-e', deaf], { stdio: ['ignore', 'pipe', 'inherit'] });
     inner.stdout.once('data', () => console.log(inner.pid));
     ${stayUp}`,
  );
  const exit = once(child, 'exit');
  await endGroup(leader, 'SIGTERM', 0.2);
  expect(await exit).toEqual([null, 'SIGKILL']);
  await expect.poll(() => isRunning(Number(line))).toBe(false);
});

test('a group that is gone is no fault', async () => {
  const { leader, child } = await start(`console.log('up');`);
  await once(child, 'exit');
  await endGroup(leader, 'SIGTERM');
});
