import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readNativeFlags } from './flags.mjs';
import { setUpWebgpu } from './set-up-webgpu.ts';

let root: string;
const before = { ...process.env };
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'blockwise-webgpu-'));
});
afterEach(() => {
  process.env = { ...before };
  rmSync(root, { recursive: true });
});

const rest = { platform: 'linux', arch: 'x64', say: () => undefined } as const;

test('a registry that does not answer is one line, and nothing is left', async () => {
  process.env.npm_config_registry = 'http://127.0.0.1:9/';
  process.env.npm_config_fetch_retries = '0';
  process.env.npm_config_cache = path.join(root, 'cache');
  const folder = path.join(root, 'webgpu');
  const failed = setUpWebgpu({ folder, ...rest });
  await expect(failed).rejects.toThrow(/^npm did not get webgpu 0\.6\.2: [^\n]*$/);
  await expect(failed).rejects.toMatchObject({ name: 'Refusal' });
  expect(existsSync(folder)).toBe(false);
});

test('--webgpu goes with what is not for TensorFlow', () => {
  expect(readNativeFlags(['--webgpu'], '/')).toMatchObject({ engine: 'webgpu', action: 'setUp' });
  expect(readNativeFlags(['--webgpu', '--check'], '/')).toMatchObject({
    ...{ engine: 'webgpu', action: 'check' },
  });
  expect(readNativeFlags(['--gpu'], '/')).toMatchObject({ engine: 'tensorflow' });
  for (const flag of ['--gpu', '--pip', '--download']) {
    expect(readNativeFlags(['--webgpu', flag], '/')).toEqual({
      wrong: `${flag} is for TensorFlow, not for --webgpu.`,
    });
  }
});
