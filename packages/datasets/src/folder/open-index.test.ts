import { linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { png, temporaryFolder, writeFiles, writeSmallFolder } from '../temp-folder.fixture.ts';
import { folderHash } from './folder-index.ts';
import { type IndexOptions, openFolderIndex } from './open-index.ts';
import { fileAt, fileCount, type PartFiles } from './part-files.ts';

const hourAgo = Date.now() / 1000 - 3600;

/** Lets everything below look as if it had not been touched for an hour. */
async function settle(folder: string): Promise<void> {
  for (const name of await readdir(folder, { recursive: true })) {
    await utimes(join(folder, name), hourAgo, hourAgo);
  }
}

function names(part: PartFiles): string[] {
  return part.classes.flatMap((_, label) => {
    const [from, to] = [part.classStarts[label] as number, part.classStarts[label + 1] as number];
    return Array.from({ length: to - from }, (_, i) => fileAt(part, from + i, label));
  });
}

/** A settled folder and a second look at it after a change. */
async function looksAround(change: (folder: string) => Promise<unknown>, check?: 'folders') {
  const [folder, cacheFolder] = [await temporaryFolder(), await temporaryFolder()];
  await writeSmallFolder(folder);
  await settle(folder);
  const options: IndexOptions = { cacheFolder, ...(check && { check }) };
  const before = await openFolderIndex(folder, options);
  expect(before.changed).toBe(true);
  await change(folder);
  const after = await openFolderIndex(folder, options);
  // Whatever was taken over, the index is that of a first look.
  const fresh = await openFolderIndex(folder, { cacheFolder: null });
  expect(names(after.index.train)).toEqual(names(fresh.index.train));
  const hashes = [before, after, fresh].map(({ index }) => folderHash(index, 8));
  return { changed: after.changed, hashes };
}

test('files that come, go, are renamed or rewritten are found', async () => {
  const green = await png('#00ff00');
  const changes: ((folder: string) => Promise<unknown>)[] = [
    (folder) => writeFile(join(folder, 'train/cat/new.png'), green),
    (folder) => rm(join(folder, 'train/cat/1.png')),
    (folder) => writeFile(join(folder, 'train/cat/1.png'), green),
    (folder) => writeFile(join(folder, 'test/dog/0.png'), green),
    (folder) => writeFiles(folder, { 'train/emu/0.png': green, 'test/emu/0.png': green }),
    async (folder) => {
      for (const part of ['train', 'test']) {
        await rename(join(folder, part, 'cat'), join(folder, part, 'wolf'));
      }
    },
  ];
  for (const change of changes) {
    const { changed, hashes } = await looksAround(change);
    expect(changed).toBe(true);
    expect(hashes[1]).not.toBe(hashes[0]);
    expect(hashes[1]).toBe(hashes[2]);
  }
});

test('what is not a change of the images is none', async () => {
  const changes: ((folder: string) => Promise<unknown>)[] = [
    async () => undefined,
    (folder) => writeFile(join(folder, 'train/cat/notes.txt'), 'x'),
    (folder) => rename(join(folder, 'train/cat/0.png'), join(folder, 'train/cat/00.png')),
    (folder) => utimes(join(folder, 'train/cat/0.png'), hourAgo + 60, hourAgo + 60),
  ];
  for (const change of changes) {
    const { hashes } = await looksAround(change);
    expect(new Set(hashes).size).toBe(1);
  }
});

test('a look at folders alone finds what came or went; files rewritten in place need a full one', async () => {
  const green = await png('#00ff00');
  const added = await looksAround(
    (folder) => writeFile(join(folder, 'train/cat/new.png'), green),
    'folders',
  );
  expect(added.hashes[1]).toBe(added.hashes[2]);
  const rewritten = await looksAround(
    (folder) => writeFile(join(folder, 'train/cat/0.png'), green),
    'folders',
  );
  expect(rewritten.changed).toBe(false);
  expect(rewritten.hashes[1]).not.toBe(rewritten.hashes[2]);
});

test('a damaged index is told of and made again', async () => {
  const [folder, cacheFolder] = [await temporaryFolder(), await temporaryFolder()];
  await writeSmallFolder(folder);
  const { index } = await openFolderIndex(folder, { cacheFolder });
  const [file] = await readdir(cacheFolder);
  const path = join(cacheFolder, file ?? '');
  const whole = await readFile(path);
  const flipped = Buffer.from(whole);
  flipped[whole.length - 1] = (flipped[whole.length - 1] ?? 0) ^ 1;
  for (const [bytes, reason] of [
    [flipped, /content does not match/],
    [whole.subarray(0, whole.length - 1), /wrong length/],
    [whole.subarray(0, 10), /preamble/],
  ] as const) {
    await writeFile(path, bytes);
    const notes: string[] = [];
    const again = await openFolderIndex(folder, {
      cacheFolder,
      onRebuild: (note) => notes.push(note),
    });
    expect(notes).toEqual([expect.stringMatching(reason)]);
    expect(folderHash(again.index, 8)).toBe(folderHash(index, 8));
  }
});

test('fifty thousand files in a hundred classes', async () => {
  const [folder, cacheFolder] = [await temporaryFolder(), await temporaryFolder()];
  const [classes, perClass] = [100, 500];
  // A file system bounds the links to one file: each class has its own, and its own content.
  for (let label = 0; label < classes; label++) {
    const name = `n${String(label).padStart(4, '0')}`;
    for (const part of ['train', 'val']) mkdirSync(join(folder, part, name), { recursive: true });
    const first = join(folder, 'val', name, '0.jpg');
    writeFileSync(first, `class ${label}`);
    for (let i = 0; i < perClass; i++) linkSync(first, join(folder, 'train', name, `${i}.jpg`));
  }
  await settle(folder);
  const first = await openFolderIndex(folder, { cacheFolder });
  const { train } = first.index;
  expect(fileCount(train)).toBe(classes * perClass);
  expect(fileAt(train, 37 * perClass, 37)).toBe('train/n0037/0.jpg');
  // By code units 99.jpg is the last of 0.jpg … 499.jpg.
  expect(fileAt(train, 38 * perClass - 1, 37)).toBe('train/n0037/99.jpg');
  const second = await openFolderIndex(folder, { cacheFolder, check: 'folders' });
  expect(second).toEqual({ index: first.index, changed: false });
});
