import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openFolderStore } from './folder-store.ts';
import { describeStore } from './testing/store-contract.ts';

const newFolder = () => mkdtemp(path.join(tmpdir(), 'blockwise-artifacts-'));

describe('a folder', () => {
  describeStore(async () => {
    const folder = await newFolder();
    return {
      open: () => openFolderStore(folder),
      async names() {
        const entries = await readdir(folder, { recursive: true, withFileTypes: true });
        return entries
          .filter((entry) => entry.isFile())
          .map(({ name, parentPath }) => path.relative(folder, path.join(parentPath, name)))
          .map((name) => name.replaceAll('\\', '/'));
      },
      damage: (sha256, content) =>
        writeFile(path.join(folder, sha256.slice(0, 2), sha256), content),
      async empty() {
        await rm(folder, { recursive: true });
        await mkdir(folder);
      },
      close: () => rm(folder, { recursive: true }),
    };
  });
});

test('opening removes parts that a dead process left, not those being written', async () => {
  const folder = await newFolder();
  onTestFinished(() => rm(folder, { recursive: true }));
  await openFolderStore(folder);
  const incoming = path.join(folder, 'incoming');
  await writeFile(path.join(incoming, 'old'), 'x');
  await writeFile(path.join(incoming, 'fresh'), 'x');
  await utimes(path.join(incoming, 'old'), 0, 0);
  await openFolderStore(folder);
  expect(await readdir(incoming)).toEqual(['fresh']);
});

const hello = new TextEncoder().encode('hello');
const helloSha256 = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824';

test('of a file whose writer is killed nothing is seen, and it can be stored again', async () => {
  const folder = await newFolder();
  onTestFinished(() => rm(folder, { recursive: true }));
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

test('what is put while it is removed stays', async () => {
  const folder = await newFolder();
  onTestFinished(() => rm(folder, { recursive: true }));
  const store = await openFolderStore(folder);
  const file = path.join(folder, helloSha256.slice(0, 2), helloSha256);
  for (let round = 0; round < 100; round++) {
    await store.put(hello);
    await utimes(file, 0, 0);
    const notSince = new Date(1000);
    await Promise.all([
      store.remove(helloSha256, { notSince }),
      store.put(hello).then(async () => {
        expect(new Uint8Array(await store.get(helloSha256))).toEqual(hello);
      }),
      store.remove(helloSha256, { notSince }),
    ]);
    expect(new Uint8Array(await store.get(helloSha256))).toEqual(hello);
  }
  expect(await readdir(path.join(folder, 'leaving'))).toEqual([]);
});

test('what somebody died over removing is there as before', async () => {
  const folder = await newFolder();
  onTestFinished(() => rm(folder, { recursive: true }));
  const store = await openFolderStore(folder);
  const file = path.join(folder, helloSha256.slice(0, 2), helloSha256);
  const left = path.join(folder, 'leaving', helloSha256);
  for (const look of [
    () => store.has(helloSha256),
    () => store.get(helloSha256),
    () => store.read(helloSha256),
    () => openFolderStore(folder),
  ]) {
    await store.put(hello);
    await rename(file, left);
    await look();
    expect(await readdir(path.join(folder, 'leaving'))).toEqual([]);
    expect(new Uint8Array(await store.get(helloSha256))).toEqual(hello);
  }
});
