import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Refusal } from './refusal.ts';
import { takeStateFolder } from './state-folder.ts';

let outer: string;
let folder: string;
beforeEach(async () => {
  outer = await mkdtemp(path.join(tmpdir(), 'blockwise-state-'));
  folder = path.join(outer, 'state');
});
afterEach(() => rm(outer, { recursive: true, force: true }));

const lockFile = () => path.join(folder, 'holder.json');

test('makes the folder, holds it, and lets it go', async () => {
  const state = await takeStateFolder(folder, 4242);
  expect((await stat(state.logs)).isDirectory()).toBe(true);
  expect(JSON.parse(await readFile(lockFile(), 'utf8'))).toEqual({
    pid: process.pid,
    guardian: 4242,
  });
  await state.release();
  await expect(stat(lockFile())).rejects.toThrow('ENOENT');
});

test('is refused while another launcher holds it', async () => {
  const script = path.join(outer, 'local', 'src', 'main.ts');
  const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', '--', script]);
  try {
    await takeStateFolder(folder, undefined);
    await writeFile(lockFile(), JSON.stringify({ pid: holder.pid }));
    await expect(takeStateFolder(folder, undefined)).rejects.toThrow(Refusal);
    await expect(takeStateFolder(folder, undefined)).rejects.toThrow(`process ${holder.pid}`);
  } finally {
    holder.kill('SIGKILL');
  }
});

test('a killed holder is followed once its guardian has gone', async () => {
  const killed = spawn(process.execPath, ['-e', '']);
  await once(killed, 'exit');
  const guardian = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 500)']);
  let gone = false;
  guardian.once('exit', () => {
    gone = true;
  });
  await takeStateFolder(folder, undefined);
  await writeFile(lockFile(), JSON.stringify({ pid: killed.pid, guardian: guardian.pid }));
  await takeStateFolder(folder, undefined);
  expect(gone).toBe(true);
});

test('a folder that cannot be made is one clear line', async () => {
  await writeFile(path.join(outer, 'file'), '');
  const wrong = takeStateFolder(path.join(outer, 'file', 'state'), undefined);
  await expect(wrong).rejects.toThrow(/The state folder .* cannot be used: ENOTDIR/);
  await expect(wrong).rejects.toThrow(Refusal);
});
