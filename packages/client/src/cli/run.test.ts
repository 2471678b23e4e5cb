import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { presets } from '@blockwise/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type EventServer, startEventServer } from '../testing/event-server.ts';
import { readInvocation } from './flags.ts';
import { runCommand } from './run.ts';

let server: EventServer;
let folder: string;
beforeEach(async () => {
  server = await startEventServer({ total: 2, cutAfter: 9 });
  folder = await mkdtemp(path.join(tmpdir(), 'blockwise-cli-'));
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

function run(...args: string[]): Promise<number> {
  return runCommand(readInvocation([...args, '--url', server.url], {}), () => {});
}

test('what the API refuses comes through with its code', async () => {
  await expect(run('start', '--preset', 'demo')).rejects.toMatchObject({ code: 'SPEC_INVALID' });
});

test('a specification file is checked before it is sent', async () => {
  const file = path.join(folder, 'spec.json');
  await writeFile(file, JSON.stringify({ ...presets.demo(), seed: -1 }));
  await expect(run('start', '--spec', file)).rejects.toThrow(/spec\.json: seed: /);
  await writeFile(file, '{ broken');
  await expect(run('start', '--spec', file)).rejects.toThrow(/cannot be read/);
  await expect(run('start', '--spec', path.join(folder, 'none'))).rejects.toThrow(/ENOENT/);
});

test('help needs no API', async () => {
  const lines: string[] = [];
  const status = await runCommand(readInvocation([], {}), (line) => lines.push(line));
  expect(status).toBe(0);
  expect(lines.join('\n')).toContain('export ID');
});
