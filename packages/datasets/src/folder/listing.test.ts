import { mkdir, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder, writeFiles, writeSmallFolder } from '../temp-folder.fixture.ts';
import { listImageFolder } from './listing.ts';

async function refusal(path: string) {
  const error = await listImageFolder(path).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'DATASET_NOT_FOUND', path: ['dataset', 'path'] });
  return (error as Error).message;
}

test('lists classes and files by code units, whatever the order on disk', async () => {
  const folder = await temporaryFolder();
  await writeFiles(folder, {
    'train/b/10.jpg': '',
    'train/b/9.PNG': '',
    'train/Z/a.webp': '',
    'train/Z/B.jpeg': '',
    'test/Z/x.jpg': '',
    'test/b/x.jpg': '',
  });
  const listing = await listImageFolder(folder);
  expect(listing.classes).toEqual(['Z', 'b']);
  expect(listing.train).toEqual([
    { file: 'train/Z/B.jpeg', label: 0 },
    { file: 'train/Z/a.webp', label: 0 },
    { file: 'train/b/10.jpg', label: 1 },
    { file: 'train/b/9.PNG', label: 1 },
  ]);
});

test('ignores hidden entries, other files and folders without images beside the classes', async () => {
  const folder = await temporaryFolder();
  await writeSmallFolder(folder, 1);
  await writeFiles(folder, {
    'train/.cache/x.jpg': '',
    'train/cat/.hidden.jpg': '',
    'train/cat/Thumbs.db': '',
    'train/cat/notes.txt': '',
    'train/cat/deeper.jpg/x.jpg': '',
    'train/README.md': '',
  });
  const { classes, train } = await listImageFolder(folder);
  expect(classes).toEqual(['cat', 'dog']);
  expect(train.map(({ file }) => file)).toEqual(['train/cat/0.png', 'train/dog/0.png']);
});

test('follows links to class folders and passes over dangling ones', async () => {
  const folder = await temporaryFolder();
  await writeSmallFolder(folder, 1);
  await rename(join(folder, 'train/cat'), join(folder, 'elsewhere'));
  await symlink(join(folder, 'elsewhere'), join(folder, 'train/cat'));
  await symlink(join(folder, 'nowhere'), join(folder, 'train/emu'));
  expect((await listImageFolder(folder)).classes).toEqual(['cat', 'dog']);
});

// Trap 10 of the released code: its search wants validation/ and its retraining val/.
test.each([
  [['test'], 'test'],
  [['val'], 'val'],
  [['test', 'val', 'validation'], 'test'],
  [['validation', 'val'], 'val'],
  [['validation'], 'validation'],
])('trap 10, one name for the test part only: of %j it takes %s', async (present, expected) => {
  const folder = await temporaryFolder();
  await writeSmallFolder(folder, 1);
  await rm(join(folder, 'test'), { recursive: true });
  for (const part of present)
    await writeFiles(folder, { [`${part}/cat/0.png`]: '', [`${part}/dog/0.png`]: '' });
  const listing = await listImageFolder(folder);
  expect(listing.testPart).toBe(expected);
  expect(listing.test[0]?.file).toBe(`${expected}/cat/0.png`);
});

test('names what is missing from the layout', async () => {
  const folder = await temporaryFolder();
  expect(await refusal(join(folder, 'gone'))).toMatch(/gone does not exist/);
  await writeFiles(folder, { file: 'x' });
  expect(await refusal(join(folder, 'file'))).toMatch(/is not a folder/);
  expect(await refusal(folder)).toMatch(/no folder train\//);
  await mkdir(join(folder, 'train'));
  expect(await refusal(folder)).toMatch(/no folder test\/, val\/, validation\//);
  await mkdir(join(folder, 'test'));
  expect(await refusal(folder)).toMatch(/train has no class folders/);
  await writeFiles(folder, { 'train/cat/0.png': '' });
  expect(await refusal(folder)).toMatch(/one class folder only/);
  await mkdir(join(folder, 'train/dog'));
  await writeFiles(folder, { 'test/cat/0.png': '', 'test/dog/0.png': '' });
  expect(await refusal(folder)).toMatch(/train\/dog has no JPEG, PNG or WebP files/);
});

test('names the classes in which the parts differ', async () => {
  const folder = await temporaryFolder();
  await writeSmallFolder(folder, 1);
  await rename(join(folder, 'test/dog'), join(folder, 'test/wolf'));
  expect(await refusal(folder)).toMatch(/test\/ lacks dog; train\/ lacks wolf/);
});
