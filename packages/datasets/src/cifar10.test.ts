import { rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cifar10Classes, countCifar10, loadCifar10 } from './cifar10.ts';
import { temporaryFolder, writeFiles } from './temp-folder.fixture.ts';

/** A record whose red plane is `red` everywhere, green the row and blue the column. */
function record(label: number, red: number): Buffer {
  const plane = (value: (row: number, column: number) => number) =>
    Buffer.from(Array.from({ length: 1024 }, (_, i) => value(i >> 5, i & 31)));
  return Buffer.concat([
    Buffer.from([label]),
    plane(() => red),
    plane((row) => row),
    plane((_, column) => column),
  ]);
}

async function writeCifar(): Promise<string> {
  const folder = await temporaryFolder();
  for (let batch = 1; batch <= 5; batch++) {
    const records = [record(batch, 10 * batch), record(9, 200 + batch)];
    await writeFiles(folder, { [`data_batch_${batch}.bin`]: Buffer.concat(records) });
  }
  await writeFiles(folder, { 'test_batch.bin': record(3, 77) });
  return folder;
}

test('turns planes into pixels and keeps the order of files and records', async () => {
  const folder = await writeCifar();
  const { info, train, test } = await loadCifar10(folder);
  expect([...train.labels]).toEqual([1, 9, 2, 9, 3, 9, 4, 9, 5, 9]);
  const pixel = (image: number, row: number, column: number) => {
    const start = ((image * 32 + row) * 32 + column) * 3;
    return [...train.images.subarray(start, start + 3)];
  };
  expect(pixel(0, 0, 0)).toEqual([10, 0, 0]);
  expect(pixel(2, 5, 30)).toEqual([20, 5, 30]);
  expect(pixel(9, 31, 31)).toEqual([205, 31, 31]);
  expect([...test.images.subarray(0, 6)]).toEqual([77, 0, 0, 77, 0, 1]);
  expect(info).toMatchObject({
    kind: 'cifar10',
    classes: cifar10Classes,
    size: 32,
    trainCount: 10,
    testCount: 1,
    testPart: 'test_batch.bin',
  });
  expect(await countCifar10(folder)).toEqual({ train: 10, test: 1 });
});

test('names a missing file', async () => {
  const folder = await writeCifar();
  await rm(join(folder, 'data_batch_4.bin'));
  await expect(countCifar10(folder)).rejects.toMatchObject({
    code: 'DATASET_NOT_FOUND',
    path: ['dataset', 'path'],
    message: expect.stringContaining('data_batch_4.bin'),
  });
  await expect(countCifar10(join(folder, 'gone'))).rejects.toMatchObject({
    code: 'DATASET_NOT_FOUND',
  });
});

test('refuses a file that is cut off, empty, or has labels beyond nine', async () => {
  const folder = await writeCifar();
  await truncate(join(folder, 'test_batch.bin'), 3000);
  const corrupt = { code: 'DATASET_CORRUPT', path: ['dataset', 'path'] };
  await expect(loadCifar10(folder)).rejects.toMatchObject(corrupt);
  await truncate(join(folder, 'test_batch.bin'), 0);
  await expect(loadCifar10(folder)).rejects.toMatchObject(corrupt);
  await writeFiles(folder, { 'test_batch.bin': Buffer.concat([record(9, 0), record(10, 0)]) });
  await expect(loadCifar10(folder)).rejects.toThrow(/record 1 has label 10/);
});
