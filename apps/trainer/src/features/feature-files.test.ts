import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FeatureReader, fileLength, rowBytes, writeRows } from './feature-files.ts';

let file: string;
beforeEach(async () => {
  file = path.join(await mkdtemp(path.join(tmpdir(), 'blockwise-features-')), 'some', 'file');
});
afterEach(async () => {
  await rm(path.dirname(path.dirname(file)), { recursive: true });
});

describe.each(['f32', 'f16'] as const)('rows of %s', (dtype) => {
  const layout = { length: 3, dtype };

  function read(rows: readonly number[]) {
    const reader = new FeatureReader(file, layout);
    const { values, unsound } = reader.read(rows);
    reader.close();
    return { values: [...values], unsound };
  }

  function write() {
    writeRows(file, 2, layout, Float32Array.of(20, 21, 22, 30, 31, 32));
    writeRows(file, 0, layout, Float32Array.of(0, 1, 2, 10, 11, 12));
  }

  test('written out of order are read by position, neighbours or not', () => {
    write();
    expect(read([3, 0, 1, 1])).toEqual({
      values: [30, 31, 32, 0, 1, 2, 10, 11, 12, 10, 11, 12],
      unsound: [],
    });
    expect(fileLength(file)).toBe(4 * rowBytes(layout));
  });

  test('that nobody wrote are not sound: no file, a gap, behind the end', () => {
    expect(read([0, 1]).unsound).toEqual([0, 1]);
    writeRows(file, 2, layout, Float32Array.of(1, 2, 3));
    expect(read([0, 1, 2, 3]).unsound).toEqual([0, 1, 3]);
  });

  test('are not sound when any of their bytes is another', async () => {
    write();
    const whole = await readFile(file);
    const size = rowBytes(layout);
    for (let at = 0; at < whole.length; at++) {
      const altered = Buffer.from(whole);
      altered[at] = (altered[at] ?? 0) ^ 0x10;
      await writeFile(file, altered);
      expect(read([3, 2, 1, 0]).unsound, `byte ${at}`).toEqual([3 - Math.floor(at / size)]);
    }
  });

  test('are not sound behind a cut, nor at the place of others', async () => {
    write();
    const whole = await readFile(file);
    const size = rowBytes(layout);
    await truncate(file, 3 * size - 1);
    expect(read([0, 1, 2, 3]).unsound).toEqual([2, 3]);
    await writeFile(file, Buffer.concat([whole.subarray(size), whole.subarray(0, size)]));
    expect(read([0, 1, 2, 3]).unsound).toEqual([0, 1, 2, 3]);
  });

  test('that were damaged while the file was open are seen, and sound when written again', async () => {
    write();
    const reader = new FeatureReader(file, layout);
    expect(reader.read([1]).unsound).toEqual([]);
    await truncate(file, 5);
    expect(reader.read([1]).unsound).toEqual([0]);
    write();
    expect(reader.read([1])).toEqual({ values: Float32Array.of(10, 11, 12), unsound: [] });
    reader.close();
  });
});

test('f16 takes half the bytes, and says what is beyond its range', () => {
  expect(rowBytes({ length: 1000, dtype: 'f32' })).toBe(4004);
  expect(rowBytes({ length: 1000, dtype: 'f16' })).toBe(2004);
  const layout = { length: 2, dtype: 'f16' } as const;
  expect(writeRows(file, 0, layout, Float32Array.of(1, 2, 7e4, -1e9))).toBe(2);
  const reader = new FeatureReader(file, layout);
  expect([...reader.read([0, 1]).values]).toEqual([1, 2, 65504, -65504]);
  reader.close();
});
