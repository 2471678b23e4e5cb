import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FeatureLeases } from './feature-leases.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'blockwise-leases-'));
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

test('others see what a process uses, until its last user lets go', async () => {
  const [mine, theirs] = [new FeatureLeases(root), new FeatureLeases(root)];
  const one = await mine.take(['a', 'b']);
  const other = await mine.take(['b']);
  expect([...(await theirs.all())].sort()).toEqual(['a', 'b']);
  await one();
  await one();
  expect([...(await theirs.all())]).toEqual(['b']);
  await other();
  expect((await theirs.all()).size).toBe(0);
  await mine.close();
  await theirs.close();
  expect(await readdir(path.join(root, 'leases'))).toEqual([]);
});

test('a process that has died uses nothing', async () => {
  const [dead, mine] = [new FeatureLeases(root), new FeatureLeases(root)];
  await dead.take(['a']);
  const folder = path.join(root, 'leases');
  for (const file of await readdir(folder)) await utimes(path.join(folder, file), 1, 1);
  expect((await mine.all()).size).toBe(0);
  await dead.close();
});
