import { mkdir, mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { removeUnusedFeatures } from './remove-unused.ts';

test('folders that were not used for days go, the others stay', async () => {
  const root = await mkdtemp(path.join(tmpdir(), 'blockwise-unused-'));
  const now = Date.now() / 1000;
  for (const [name, days] of [
    ['old', 4],
    ['recent', 2],
  ] as const) {
    await mkdir(path.join(root, name));
    await utimes(path.join(root, name), now, now - days * 24 * 3600);
  }
  await removeUnusedFeatures(root);
  expect(await readdir(root)).toEqual(['recent']);
  await rm(root, { recursive: true });
  await removeUnusedFeatures(root);
});
