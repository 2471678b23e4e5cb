import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readWeightFile } from './weight-file.ts';

it('reads a file, and says which one it cannot', async () => {
  const here = fileURLToPath(import.meta.url);
  expect((await readWeightFile(here)).length).toBeGreaterThan(100);
  for (const path of [`${here}.safetensors`, fileURLToPath(new URL('.', import.meta.url))]) {
    await expect(readWeightFile(path)).rejects.toMatchObject({
      code: 'WEIGHTS_NOT_FOUND',
      message: expect.stringContaining(path),
    });
  }
});
