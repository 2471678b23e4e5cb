import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { beforeEach, describe, expect, it } from 'vitest';
import { checkWritable, writeArchive } from './write-archive.ts';

const archive = zipSync({ 'network.py': strToU8('code'), 'network.json': strToU8('{}') });
let folder: string;
beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), 'blockwise-download-')), 'new', 'folder');
});

const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');

describe('writeArchive', () => {
  it('makes the folder and names what it has written', async () => {
    await checkWritable(folder, 'pytorch');
    const written = await writeArchive(archive, folder, { force: false });
    expect(written).toEqual([path.join(folder, 'network.py'), path.join(folder, 'network.json')]);
    expect([read('network.py'), read('network.json')]).toEqual(['code', '{}']);
  });

  it('leaves other files alone, and overwrites only what it may', async () => {
    await writeArchive(archive, folder, { force: false });
    await expect(checkWritable(folder, 'pytorch')).rejects.toThrow(
      `${path.join(folder, 'network.py')} is there already; --force overwrites it.`,
    );
    await checkWritable(folder, 'onnx');
    const onnx = (json: string) =>
      zipSync({ 'network.onnx': strToU8('model'), 'network.json': strToU8(json) });
    await expect(writeArchive(onnx('{"a": 1}'), folder, { force: false })).rejects.toThrow(
      /network\.json is there already/,
    );
    expect(readdirSync(folder).sort()).toEqual(['network.json', 'network.py']);
    // The same file of another format is no other file.
    await writeArchive(onnx('{}'), folder, { force: false });
    await writeArchive(onnx('{"a": 1}'), folder, { force: true });
    expect(read('network.json')).toBe('{"a": 1}');
  });

  it('says why a folder cannot be one', async () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'blockwise-download-')), 'file');
    writeFileSync(file, '');
    await expect(checkWritable(file, 'onnx')).rejects.toThrow(/cannot be written: ENOTDIR/);
  });

  it('writes nothing outside of the folder', async () => {
    const bad = zipSync({ 'a.txt': strToU8(''), '../b.txt': strToU8('') });
    await expect(writeArchive(bad, folder, { force: true })).rejects.toThrow('../b.txt');
    expect(() => readdirSync(folder)).toThrow('ENOENT');
  });
});
