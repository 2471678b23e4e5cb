import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { removeUnusedFeatures } from './remove-unused.ts';

test('what was not used for days goes, the rest stays with its markers', async () => {
  const root = await mkdtemp(path.join(tmpdir(), 'blockwise-unused-'));
  const now = Date.now() / 1000;
  const age = (name: string, days: number) =>
    utimes(path.join(root, name), now, now - days * 24 * 3600);
  for (const [name, days] of [
    ['windows-old', 4],
    ['windows-lost', 0.01],
    ['windows-new', 0],
    ['windows-used', 4],
    ['leases', 9],
  ] as const) {
    await mkdir(path.join(root, name));
    await age(name, days);
  }
  const [old, recent, gone] = ['a', 'b', 'c'].map((letter) => letter.repeat(64));
  for (const [name, days] of [
    [`${old}`, 4],
    [`${old}.json`, 1],
    [`${recent}`, 2],
    [`${recent}.json`, 5],
    [`${gone}.json`, 1],
    ['leases/dead.json', 4],
    ['leases/alive.json', 0],
  ] as const) {
    await writeFile(path.join(root, name), '');
    await age(name, days);
  }
  await writeFile(path.join(root, 'leases', 'alive.json'), '{"windows-used":0}');
  await age('leases', 9);
  await removeUnusedFeatures(root);
  expect((await readdir(root)).sort()).toEqual([
    `${recent}`,
    `${recent}.json`,
    'leases',
    'windows-new',
    'windows-used',
  ]);
  expect(await readdir(path.join(root, 'leases'))).toEqual(['alive.json']);
  await rm(root, { recursive: true });
  await removeUnusedFeatures(root);
});
