import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FeatureReader, featureFile, writeRows } from './feature-files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'blockwise-features-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

test('rows written out of order are read by position, neighbours or not', () => {
  const file = featureFile(folder, 'train-0', 2);
  writeRows(file, 2, 3, Float32Array.of(20, 21, 22, 30, 31, 32));
  writeRows(file, 0, 3, Float32Array.of(0, 1, 2, 10, 11, 12));
  const reader = new FeatureReader(file, 3);
  expect(reader.rows).toBe(4);
  expect([...reader.read([3, 0, 1, 1])]).toEqual([30, 31, 32, 0, 1, 2, 10, 11, 12, 10, 11, 12]);
  expect(() => reader.read([4])).toThrow('ends before row 4');
  reader.close();
});
