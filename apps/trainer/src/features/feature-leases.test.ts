import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FeatureLeases } from './feature-leases.ts';

/** Of each a byte. */
const bytes = (...names: string[]) => new Map(names.map((name) => [name, 1]));

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'blockwise-leases-'));
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

test('others see what a process uses, until its last user lets go', async () => {
  const [mine, theirs] = [new FeatureLeases(root), new FeatureLeases(root)];
  const one = await mine.take(bytes('a', 'b'));
  const other = await mine.take(bytes('b'));
  expect([...(await theirs.all()).keys()].sort()).toEqual(['a', 'b']);
  await one();
  await one();
  expect([...(await theirs.all()).keys()]).toEqual(['b']);
  await other();
  expect((await theirs.all()).size).toBe(0);
  await mine.close();
  await theirs.close();
  expect(await readdir(path.join(root, 'leases'))).toEqual([]);
});

test('a process that has died uses nothing', async () => {
  const [dead, mine] = [new FeatureLeases(root), new FeatureLeases(root)];
  await dead.take(bytes('a'));
  const folder = path.join(root, 'leases');
  for (const file of await readdir(folder)) await utimes(path.join(folder, file), 1, 1);
  expect((await mine.all()).size).toBe(0);
  await dead.close();
});

test('a disk that fails for a while costs what was asked of it then, and nothing later', async () => {
  const [mine, theirs] = [new FeatureLeases(root), new FeatureLeases(root)];
  const release = await mine.take(bytes('a'));
  const folder = path.join(root, 'leases');
  await rm(folder, { recursive: true });
  await writeFile(folder, 'in the way');
  await expect(mine.take(bytes('b'))).rejects.toMatchObject({ code: 'EEXIST' });
  expect([...(await mine.all()).keys()]).toEqual(['a']);
  await release();
  expect((await mine.all()).size).toBe(0);
  await mine.close();
  await rm(folder);
  await mine.take(bytes('c'));
  expect([...(await theirs.all())]).toEqual([['c', 1]]);
  await mine.close();
  expect((await theirs.all()).size).toBe(0);
});

test('half-written leases say nothing, and take nothing from the others', async () => {
  const [mine, theirs] = [new FeatureLeases(root), new FeatureLeases(root)];
  await mine.take(bytes('a'));
  for (const [name, text] of [
    ['killed.json.part', ''],
    ['going.json.part', '{"b":1}'],
    ['full.json', '{"c":'],
    ['odd.json', '["d"]'],
  ] as const) {
    await writeFile(path.join(root, 'leases', name), text);
  }
  expect([...(await theirs.all()).keys()]).toEqual(['a']);
  await mine.close();
});
