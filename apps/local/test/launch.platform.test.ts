import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient, SearchListDocument } from '@blockwise/client';
import type { SearchSpecInput } from '@blockwise/contracts';
import { freePort } from '@blockwise/postgres';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Launched, launchScript } from '../src/testing/launched.ts';
import { smallSpec } from './small-spec.ts';

// What `npm start` runs, as processes: database, api, dashboard and trainer on one state folder,
// which the tests use one after the other.

const bootstrap = fileURLToPath(new URL('../../../scripts/bootstrap.mjs', import.meta.url));
const driver = fileURLToPath(new URL('start-spec.ts', import.meta.url));
let folder: string;
let launched: Launched;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'blockwise-launch-'));
  // Root's PostgreSQL has a user of its own, who must get to the state folder below.
  await chmod(folder, 0o755);
});
afterEach(async () => {
  launched.signal('SIGTERM');
  await launched.ended;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function start(spec: SearchSpecInput, ...flags: string[]): Promise<Launched> {
  const file = path.join(folder, `${spec.name}.json`);
  await writeFile(file, JSON.stringify(spec));
  const state = path.join(folder, 'state');
  const port = String(await freePort());
  launched = launchScript(driver, [file, '--state', state, '--port', port, ...flags]);
  return launched;
}

/** The first group of the pattern, once it is written. Fails when the launcher ends before. */
async function written(pattern: RegExp): Promise<string> {
  let status: number | null | undefined;
  void launched.ended.then((code) => {
    status = code;
  });
  const found = () => pattern.exec(launched.stdout())?.[1];
  await expect.poll(() => status !== undefined || found() !== undefined).toBe(true);
  const text = found();
  if (text === undefined) throw new Error(`Ended with status ${status}: ${launched.stderr()}`);
  return text;
}

test('a whole search is shown to its end, and nothing is left running', async () => {
  const { ended, stdout, stderr, processes } = await start(smallSpec('first'), '--exit');
  expect(await ended, stderr()).toBe(0);
  expect(stderr()).toBe('');
  const lines = stdout().split('\n');
  expect(lines).toContainEqual(
    expect.stringMatching(/^ {2}Dashboard {2}http:\/\/127\.0\.0\.1:\d+$/),
  );
  expect(lines).toContainEqual(expect.stringMatching(/^Search first is complete after .+\.$/));
  expect(lines).toContainEqual(expect.stringMatching(/^Teacher: top-1 \d+\.\d %/));
  for (const cell of ['1.1', '1.2', '2.1', '2.2']) {
    expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^\\s*${cell} .* ir_k`)));
  }
  const networks = lines.filter((line) => /^ {2}\d: cn_k3_s2_c8 .*hd_c16$/.test(line));
  expect(networks).toHaveLength(2);
  expect(processes()).toEqual([]);
});

test('the next start knows the earlier search, as does the shell; Ctrl-C ends all of it', async () => {
  const { signal, ended, processes, stderr } = await start(smallSpec('second'));
  const url = await written(/GraphQL +(http\S+)/);
  const token = (await readFile(path.join(folder, 'state', 'token'), 'utf8')).trim();
  const client = createClient({ url, token });
  await written(/Search +(http\S+)/);
  try {
    const { searches } = await client.request(SearchListDocument, { first: 10 });
    const known = searches.nodes.map(({ name, state }) => [name, state]);
    expect(known).toContainEqual(['first', 'COMPLETE']);
    expect(known.map(([name]) => name)).toContain('second');
    const id = searches.nodes.find(({ name }) => name === 'first')?.id ?? '';
    const shell = ['blockwise', 'export', id, '--format', 'csv', '--url', url];
    const exported = launchScript(bootstrap, [...shell, '--token', token]);
    expect(await exported.ended, exported.stderr()).toBe(0);
    expect(exported.stdout()).toMatch(/^origin,predictedRank,.*\nSOLVED,1,.*\nSOLVED,2,.*\n$/);
  } finally {
    await client.close();
  }
  // Launcher, guardian, database, api, dashboard, trainer.
  if (process.platform === 'linux') expect(processes().length).toBeGreaterThanOrEqual(6);
  signal('SIGINT');
  expect(await ended, stderr()).toBe(130);
  expect(processes()).toEqual([]);
});

test('a search that was interrupted goes on at the next start', async () => {
  const interrupted = await start(smallSpec('third'));
  await written(/Search +(http\S+)/);
  interrupted.signal('SIGINT');
  await interrupted.ended;
  const { ended, stdout, stderr } = await start(smallSpec('third'), '--exit');
  await written(/(Search .* \(goes on where it was\))/);
  const client = createClient({
    url: await written(/GraphQL +(http\S+)/),
    token: (await readFile(path.join(folder, 'state', 'token'), 'utf8')).trim(),
  });
  const { searches } = await client.request(SearchListDocument, { filter: { text: 'third' } });
  await client.close();
  expect(searches.totalCount).toBe(1);
  expect(await ended, stderr()).toBe(0);
  expect(stdout()).toMatch(/^Search third is complete after .+\.$/m);
});

test('a budget that no network keeps ends in one line and status 1', async () => {
  const spec = { ...smallSpec('narrow'), constraints: { params: { max: 10 } } };
  const { ended, stderr, processes } = await start(spec, '--exit');
  expect(await ended).toBe(1);
  expect(stderr()).toMatch(/^[A-Z_]+: .*params.*\n$/);
  expect(processes()).toEqual([]);
});
