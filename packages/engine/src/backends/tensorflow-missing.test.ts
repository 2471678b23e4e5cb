import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { nativeBindingFile, nativeRecordFile } from './tensorflow/native-record.ts';
import { openTensorflowIn } from './tensorflow.ts';

describe('what npm run native has not set up', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'native-'));

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const record = {
    ...{ package: '@tensorflow/tfjs-node', packageVersion: '4.22.0', gpu: false },
    ...{ tensorflowFolder: folder, tensorflowVersion: '2.21.0' },
  };

  function write(value: unknown) {
    mkdirSync(path.join(folder, path.dirname(nativeBindingFile)), { recursive: true });
    writeFileSync(nativeRecordFile(folder), JSON.stringify(value));
  }

  function refusal(device?: number): unknown {
    try {
      return openTensorflowIn(folder, device === undefined ? {} : { device });
    } catch (error) {
      return error;
    }
  }

  it('is refused, with the command that sets it up', () => {
    expect(refusal()).toMatchObject({
      code: 'ENGINE_UNAVAILABLE',
      message: expect.stringContaining('"npm run native" does it'),
    });
  });

  it('is refused when another version set it up', () => {
    write({ ...record, package: 'numpy' });
    expect(refusal()).toMatchObject({
      code: 'ENGINE_UNAVAILABLE',
      message: expect.stringContaining('another version of the platform'),
    });
  });

  it('is refused with the words of the linker when the binding is gone or broken', () => {
    write(record);
    expect(refusal()).toMatchObject({
      code: 'ENGINE_UNAVAILABLE',
      message: expect.stringContaining('Cannot find module'),
    });
    writeFileSync(path.join(folder, nativeBindingFile), 'no library');
    expect(refusal()).toMatchObject({
      code: 'ENGINE_UNAVAILABLE',
      message: expect.stringMatching(/does not load: .*(invalid ELF header|file too short)/),
    });
  });

  it('is refused a GPU that it was not set up for', () => {
    write(record);
    expect(refusal(0)).toMatchObject({
      code: 'ENGINE_UNAVAILABLE',
      message: expect.stringContaining('There is no device 0'),
    });
  });
});
