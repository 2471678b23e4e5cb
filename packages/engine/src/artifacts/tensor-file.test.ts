import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packFiles } from '../export/archive.ts';
import { writeSafetensors } from './safetensors.ts';
import { readTensorFile } from './tensor-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'blockwise-tensor-file-'));

function fileOf(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

describe('readTensorFile', () => {
  it('reads safetensors, whatever the length of their header', async () => {
    // 128 and 640 bytes of header begin as a pickle of protocol 0 and 2 would.
    for (const length of [60, 128, 640]) {
      const padded = { text: 'x'.repeat(Math.max(0, length - 40)) };
      const bytes = writeSafetensors(new Map(), padded);
      expect(await readTensorFile(fileOf('good.safetensors', bytes))).toEqual(Buffer.from(bytes));
    }
  });

  it.each(['a.pt', 'a.PTH', 'a.pkl', 'a.pickle', 'a.ckpt', 'pytorch_model.bin'])(
    'refuses %s by its name, before it looks for it',
    async (name) => {
      await expect(readTensorFile(join(folder, 'nowhere', name))).rejects.toMatchObject({
        code: 'WEIGHTS_MISMATCH',
        message: expect.stringContaining('is a pickle'),
      });
    },
  );

  it('refuses a pickle or a checkpoint under another name, and says what to do', async () => {
    const pickle = Uint8Array.of(0x80, 4, 0x95, 10, 0, 0, 0, 0, 0, 0, 0, 0x2e);
    await expect(readTensorFile(fileOf('p.safetensors', pickle))).rejects.toMatchObject({
      code: 'WEIGHTS_MISMATCH',
      message: expect.stringContaining('safetensors.torch.save_file'),
    });
    const archive = packFiles(new Map([['archive/data.pkl', pickle]]));
    await expect(readTensorFile(fileOf('a.safetensors', archive))).rejects.toMatchObject({
      code: 'WEIGHTS_MISMATCH',
      message: expect.stringContaining('is a zip archive'),
    });
  });

  it('is WEIGHTS_NOT_FOUND for a file that is not there', async () => {
    await expect(readTensorFile(join(folder, 'none.safetensors'))).rejects.toMatchObject({
      code: 'WEIGHTS_NOT_FOUND',
    });
  });
});
