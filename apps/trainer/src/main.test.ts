import { execFile } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';

/** Runs `main.ts`, which is to end by itself. */
function start(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ status: number | null; stderr: string }> {
  const main = path.join(import.meta.dirname, 'main.ts');
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', main, ...args],
      // Nothing is there: a trainer that came as far as its database would fail another way.
      { env: { DATABASE_URL: 'postgres://127.0.0.1:9/none', STATE_FOLDER: '/nowhere', ...env } },
      (_error, _stdout, stderr) => resolve({ status: child.exitCode, stderr }),
    );
  });
}

test.each([
  [['--engine', 'abacus'], 'ENGINE: '],
  [['--device', 'first'], 'DEVICE: '],
  [['--gpu'], "Unknown option '--gpu'"],
  [['--engine', 'webgpu'], 'webgpu" does it.'],
  [['--engine', 'wasm', '--device', '1'], 'The engine wasm runs on the processor'],
  [['--device', '0'], 'No engine can train here. tensorflow: '],
])('%s ends in a line and status 2', async (args, words) => {
  const { status, stderr } = await start(args, { SLOTS: '1', NATIVE_FOLDER: '/nowhere' });
  expect(stderr).toContain(words);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(status).toBe(2);
});
