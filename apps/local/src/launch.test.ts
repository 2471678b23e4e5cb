import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { launchScript } from './testing/launched.ts';

const bootstrap = fileURLToPath(new URL('../../../scripts/bootstrap.mjs', import.meta.url));
const main = fileURLToPath(new URL('main.ts', import.meta.url));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'blockwise-refusals-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function expectRefusal(script: string, args: string[], line: RegExp): Promise<void> {
  const launched = launchScript(script, args);
  expect(await launched.ended).toBe(2);
  expect(launched.stdout()).toBe('');
  expect(launched.stderr()).toMatch(/^.+\n$/);
  expect(launched.stderr()).toMatch(line);
  expect(launched.processes()).toEqual([]);
}

test.each([
  [['--colour'], /Unknown flag --colour/],
  [['--port'], /--port needs a value/],
  [['--preset', 'imagenet'], /demo or cifar10, not imagenet/],
  [['--preset', 'cifar10'], /needs --data FOLDER/],
  [['--preset', 'cifar10', '--data', '/no/such/folder'], /no folder \/no\/such\/folder/],
])('%j is refused in one line before anything is set up', async (flags, line) => {
  await expectRefusal(bootstrap, ['start', ...flags], line);
});

test('a folder without class folders is refused in one line', async () => {
  await mkdir(path.join(folder, 'images/train'), { recursive: true });
  const state = path.join(folder, 'state');
  await expectRefusal(
    main,
    ['--preset', 'cifar10', '--data', path.join(folder, 'images'), '--state', state],
    /images/,
  );
  expect(existsSync(state)).toBe(false);
});

test('a busy port is refused in one line, by the bootstrap and by the launcher', async () => {
  const busy: Server = createServer().listen(0, '127.0.0.1');
  await once(busy, 'listening');
  try {
    const { port } = busy.address() as AddressInfo;
    const flags = ['--port', String(port), '--state', path.join(folder, 'state')];
    const line = new RegExp(`Port ${port} is in use`);
    await expectRefusal(bootstrap, ['start', ...flags], line);
    await expectRefusal(main, flags, line);
    expect(existsSync(path.join(folder, 'state/holder.json'))).toBe(false);
  } finally {
    busy.close();
  }
});
