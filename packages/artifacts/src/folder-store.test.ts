import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openFolderStore } from './folder-store.ts';

const hello = new TextEncoder().encode('hello');
const helloSha256 = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'blockwise-artifacts-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const fileOf = (sha256: string) => path.join(folder, sha256.slice(0, 2), sha256);

test('bytes come back under their SHA-256', async () => {
  const store = await openFolderStore(folder);
  expect(await store.put(hello)).toEqual({ sha256: helloSha256, bytes: 5 });
  expect(new Uint8Array(await store.get(helloSha256))).toEqual(hello);
  expect(await store.has(helloSha256)).toBe(true);
});

test('a view of a larger buffer is stored, not the buffer', async () => {
  const store = await openFolderStore(folder);
  const view = new TextEncoder().encode('>>hello<<').subarray(2, 7);
  expect((await store.put(view)).sha256).toBe(helloSha256);
});

test('putting twice, also at once, keeps one file and no part', async () => {
  const store = await openFolderStore(folder);
  await Promise.all([store.put(hello), store.put(hello), store.put(hello)]);
  expect(await readdir(path.dirname(fileOf(helloSha256)))).toEqual([helloSha256]);
  expect(await readdir(path.join(folder, 'incoming'))).toEqual([]);
});

async function* piecesOf(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield new TextEncoder().encode(text);
}

test('a stream is stored when it is what it says it is', async () => {
  const store = await openFolderStore(folder);
  const expected = { sha256: helloSha256, maxBytes: 5 };
  const stored = await store.putStream(piecesOf('he', '', 'llo'), expected);
  expect(stored).toEqual({ sha256: helloSha256, bytes: 5 });
  expect(new Uint8Array(await store.get(helloSha256))).toEqual(hello);
});

async function* breakingOff(): AsyncGenerator<Uint8Array> {
  yield hello;
  throw new Error('the connection broke off');
}

test.each([
  ['is something else', () => piecesOf('jello'), { code: 'BAD_INPUT' }],
  ['is empty', () => piecesOf(), { code: 'BAD_INPUT' }],
  ['is too long', () => piecesOf('hello', '!'), { code: 'BAD_INPUT' }],
  ['breaks off', breakingOff, { message: 'the connection broke off' }],
])('of a stream that %s nothing is left', async (_, pieces, error) => {
  const store = await openFolderStore(folder);
  const expected = { sha256: helloSha256, maxBytes: 5 };
  await expect(store.putStream(pieces(), expected)).rejects.toMatchObject(error);
  expect(await store.has(helloSha256)).toBe(false);
  expect(await readdir(path.join(folder, 'incoming'))).toEqual([]);
});

test('of a file whose writer is killed nothing is seen, and it can be stored again', async () => {
  const store = await openFolderStore(folder);
  // Says when the first half is on its way, and never sends the other.
  const program = `
    const { openFolderStore } = await import(${JSON.stringify(path.join(import.meta.dirname, 'folder-store.ts'))});
    async function* half() {
      yield new TextEncoder().encode('hel');
      console.log('half');
      await new Promise((resolve) => setTimeout(resolve, 60_000));
    }
    const store = await openFolderStore(${JSON.stringify(folder)});
    await store.putStream(half(), { sha256: '${helloSha256}', maxBytes: 5 });`;
  const writer = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(writer.stdout, 'data');
  writer.kill('SIGKILL');
  await once(writer, 'exit');
  expect(await readdir(path.join(folder, 'incoming'))).toHaveLength(1);
  expect(await store.has(helloSha256)).toBe(false);
  await store.put(hello);
  expect(new Uint8Array(await store.get(helloSha256))).toEqual(hello);
});

test('what is not stored is ARTIFACT_MISSING', async () => {
  const store = await openFolderStore(folder);
  expect(await store.has(helloSha256)).toBe(false);
  await expect(store.get(helloSha256)).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' });
});

test.each([
  ['altered', (file: string) => writeFile(file, 'jello')],
  ['truncated', (file: string) => truncate(file, 4)],
])('an %s file is never returned, and put repairs it', async (_, damage) => {
  const store = await openFolderStore(folder);
  await store.put(hello);
  await damage(fileOf(helloSha256));
  await expect(store.get(helloSha256)).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' });
  await store.put(hello);
  expect(new Uint8Array(await store.get(helloSha256))).toEqual(hello);
});

test.each([
  '../../etc/passwd',
  `../${helloSha256}`,
  helloSha256.toUpperCase(),
  `${helloSha256}/..`,
  '',
])('the address %j steers no path', async (address) => {
  const store = await openFolderStore(folder);
  await expect(store.get(address)).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' });
  await expect(store.has(address)).rejects.toMatchObject({ code: 'ARTIFACT_MISSING' });
});

test('opening removes parts that a dead process left, not those being written', async () => {
  await openFolderStore(folder);
  const incoming = path.join(folder, 'incoming');
  await writeFile(path.join(incoming, 'old'), 'x');
  await writeFile(path.join(incoming, 'fresh'), 'x');
  await utimes(path.join(incoming, 'old'), 0, 0);
  await openFolderStore(folder);
  expect(await readdir(incoming)).toEqual(['fresh']);
});
